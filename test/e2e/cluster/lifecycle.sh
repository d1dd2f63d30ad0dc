# When a cluster counts as up, and how everything of it goes. Sourced after settings.sh, never run.
# shellcheck shell=bash
# shellcheck source=machine.sh
source "$CLUSTER/machine.sh"
# shellcheck source=wire.sh
source "$CLUSTER/wire.sh"
# shellcheck source=cgroups.sh
source "$CLUSTER/cgroups.sh"

# take_lock: one script at a time starts or ends a cluster on this machine. The lock is on a folder that every system
# has, so that no lock file stays behind.
take_lock() {
  exec {lock}</run/lock # machine.sh closes it for what it starts
  flock -w 180 "$lock" || fail "another script has been starting or ending the cluster for three minutes"
}

# cluster_inputs: what the running cluster was made from; a cluster made from other binaries is replaced.
cluster_inputs() {
  printf '%s\n' "$RUN" "$KUBERNETES" "$CNI" "$IMAGES" "$(input_hash "$CLUSTER"/{control,node,pki,wire}.sh "$CLUSTER"/*.yaml)"
}

cluster_is_current() {
  all_machines_run && cluster_inputs | cmp -s - "$PROCESSES/inputs"
}

all_machines_run() {
  machines_run control "${NODES[@]}"
}

# remove_cluster: processes, then what they held. Other state folders' clusters are left to their owner.
remove_cluster() {
  local name owner="$RUN"
  [[ ! -e "$PROCESSES/inputs" ]] || read -r owner <"$PROCESSES/inputs"
  [[ "$owner" == "$RUN" ]] || fail "the cluster that is up belongs to $owner; set HEDDLE_CACHE=${owner%/*} to end it"
  for name in "${NODES[@]}" control; do
    machine_stop "$name"
  done
  wire_down
  for name in "${NODES[@]}"; do
    cgroup_remove "$name"
  done
  rm -rf "$PROCESSES" "$RUN"
}
