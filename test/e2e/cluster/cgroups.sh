# Each node has a cgroup of its own, /kube-NODE, in every hierarchy: kubelets that share one remove each other's pods.
# Works on the unified hierarchy, on the old ones, and on both at once. Sourced, never run.
# shellcheck shell=bash

# cgroup_hierarchies: the mount point of each.
cgroup_hierarchies() {
  awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }' /proc/self/mounts
}

# cgroup_add NODE
cgroup_add() {
  local top controller
  for top in $(cgroup_hierarchies); do
    if [[ -e "$top/cgroup.controllers" ]]; then
      for controller in $(<"$top/cgroup.controllers"); do
        echo "+$controller" >"$top/cgroup.subtree_control" 2>/dev/null || true # some only start at boot
      done
    fi
    mkdir -p "$top/kube-$1"
    if [[ -e "$top/cpuset.cpus" && ! -e "$top/cgroup.controllers" ]]; then
      cat "$top/cpuset.cpus" >"$top/kube-$1/cpuset.cpus" # empty in a new group of the old hierarchy
      cat "$top/cpuset.mems" >"$top/kube-$1/cpuset.mems"
    fi
  done
}

# cgroup_remove NODE: the groups empty a moment after their processes died.
cgroup_remove() {
  local top attempt
  for attempt in {1..50}; do
    local left=0
    for top in $(cgroup_hierarchies); do
      [[ -d "$top/kube-$1" ]] || continue
      find "$top/kube-$1" -depth -type d -exec rmdir {} + 2>/dev/null || left=1
    done
    ((left)) || return 0
    sleep 0.1
  done
  fail "cgroup /kube-$1 still has processes after $attempt attempts"
}
