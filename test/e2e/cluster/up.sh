#!/usr/bin/env bash
# Starts a real Kubernetes of two nodes on this machine, or leaves one that is already up as it is.
# Needs root, containerd and runc. Ended by down.sh, which leaves nothing behind.
# Prints the path of the kubeconfig at the end.
set -euo pipefail
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=settings.sh
source "$here/settings.sh"
# shellcheck source=lifecycle.sh
source "$CLUSTER/lifecycle.sh"
# shellcheck source=pki.sh
source "$CLUSTER/pki.sh"
no_arguments "${BASH_SOURCE[0]}" "$@"

kubectl() {
  "$KUBERNETES/bin/kubectl" --kubeconfig="$ADMIN_CONFIG" "$@"
}

# until_true SECONDS WHAT COMMAND...: waits for COMMAND to succeed, or says what did not happen and which logs to read.
until_true() {
  local deadline=$((SECONDS + $1)) what="$2"
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || fail "$what did not happen; the logs are in $RUN/log"
    machines_run "${started[@]}" || fail "a machine of the cluster ended while waiting for this: $what. Its log says why: $RUN/log"
    sleep 0.2
  done
}

create_nodes() {
  local node
  for node in "${NODES[@]}"; do
    kubectl create -f - <<YAML
{apiVersion: v1, kind: Node, metadata: {name: $node}, spec: {podCIDR: ${NODE_PODS[$node]}, podCIDRs: ["${NODE_PODS[$node]}", "${NODE_PODS6[$node]}"]}}
YAML
  done
}

node_is_ready() { # NODE
  [[ "$(kubectl get node "$1" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" == True ]]
}

[[ $EUID -eq 0 ]] || fail "the local cluster needs root"
for program in containerd runc ctr openssl ip nsenter unshare; do
  command -v "$program" >/dev/null || fail "$program is missing; hack/install-deps.sh installs it"
done
"$CLUSTER/build.sh"
"$CLUSTER/images.sh"

take_lock
if cluster_is_current && kubectl get --raw /readyz >/dev/null 2>&1; then
  step "the cluster is up already"
  echo "$ADMIN_CONFIG"
  exit 0
fi
if [[ -d "$PROCESSES" ]] || wire_exists; then
  step "removing what is left of an earlier cluster"
  remove_cluster
fi
trap 'echo "heddle: the cluster did not come up; the logs are in $RUN/log, and down.sh cleans up" >&2' ERR

mkdir -p "$RUN" "$PROCESSES"
cluster_inputs >"$PROCESSES/inputs"
step "wiring the control plane and ${#NODES[@]} nodes"
wire_up
make_pki
machine_start control "$CLUSTER/control.sh"
started=(control)
for node in "${NODES[@]}"; do
  cgroup_add "$node"
done
until_true 120 "a ready API server" kubectl get --raw /readyz
step "the API server is ready"
create_nodes >/dev/null
for node in "${NODES[@]}"; do
  machine_start "$node" "$CLUSTER/node.sh" "$node"
  started+=("$node")
done
kubectl apply -f "$CLUSTER/dns.yaml" >/dev/null
for node in "${NODES[@]}"; do
  until_true 180 "node $node becoming Ready" node_is_ready "$node"
done
step "the nodes are Ready"
kubectl -n kube-system rollout status deployment/coredns --timeout=120s >/dev/null
step "the cluster's DNS is ready"
echo "$ADMIN_CONFIG"
