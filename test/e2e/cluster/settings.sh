# What the scripts of the local cluster share: names, addresses and places. Sourced, never run.
# shellcheck shell=bash disable=SC2034
CLUSTER="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
LIB="$CLUSTER/../../../hack/lib"
# shellcheck source=../../../hack/lib/progress.sh
source "$LIB/progress.sh"
# shellcheck source=../../../hack/lib/cache.sh
source "$LIB/cache.sh"
PATH="$PATH:/usr/sbin:/sbin"

KUBERNETES_VERSION=v1.36.3 # must be the version in kubernetes/go.mod

# Built things; a folder's name changes with its inputs.
KUBERNETES="$HEDDLE_CACHE/kubernetes/$(input_hash "$CLUSTER/kubernetes" "$CLUSTER/build.sh")"
COREDNS="$HEDDLE_CACHE/coredns/$(input_hash "$CLUSTER/coredns" "$CLUSTER/build.sh")"
CNI="$HEDDLE_CACHE/cni/$(input_hash "$CLUSTER/cni" "$CLUSTER/build.sh")"

# The images the nodes start with, by the names that manifests use.
PAUSE_IMAGE=registry.k8s.io/pause:3.10.2
BUSYBOX_IMAGE=docker.io/library/busybox:1.35
AGNHOST_IMAGE=registry.k8s.io/e2e-test-images/agnhost:2.63.0
TEST_POD_IMAGE=heddle.dev/test-pod:local # agnhost and attempt
COREDNS_IMAGE=registry.k8s.io/coredns/coredns:v1.15.0
BUSYBOX="$(command -v busybox || true)"
IMAGES="$HEDDLE_CACHE/images/$(input_hash "$CLUSTER/images.sh" "$LIB/image.sh" "$CLUSTER/pause" "$CLUSTER/attempt" | cut -c1-8)"
IMAGES+="-$(basename "$KUBERNETES" | cut -c1-4)$(basename "$COREDNS" | cut -c1-4)"

# State of the running cluster; the process ids live in /run, which a reboot empties as it ends the processes.
RUN="$HEDDLE_CACHE/cluster"
PKI="$RUN/pki"
ADMIN_CONFIG="$RUN/admin.conf"
PROCESSES=/run/heddle-cluster

# The wire: a bridge in the control plane's namespace. The machine itself has one address on it and no other route,
# so that neither its forwarding nor its firewall plays a part. The API server listens on the address of the
# kubernetes Service: programs on a node's own network reach it there without any translation. Both families everywhere,
# IPv4 first: a Service that does not ask for more has an IPv4 address alone.
NODES=(node1 node2)
CONTROL_ADDRESS=172.30.77.1
CONTROL_ADDRESS6=fd30:77::1
MACHINE_ADDRESS=172.30.77.254
API_CLUSTER_IP=10.96.0.1
DNS_CLUSTER_IP=10.96.0.10
SERVICE_CIDRS=10.96.0.0/16,fd00:96::/112
POD_CIDRS=10.244.0.0/16,fd00:244::/48
declare -A NODE_ADDRESS=([node1]=172.30.77.11 [node2]=172.30.77.12)
declare -A NODE_ADDRESS6=([node1]=fd30:77::11 [node2]=fd30:77::12)
declare -A NODE_PODS=([node1]=10.244.1.0/24 [node2]=10.244.2.0/24)
declare -A NODE_PODS6=([node1]=fd00:244:0:1::/64 [node2]=fd00:244:0:2::/64)
