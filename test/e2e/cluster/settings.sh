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

# State of the running cluster. Process ids and the lock live in /run, which a reboot empties as it ends the processes.
RUN="$HEDDLE_CACHE/cluster"
ADMIN_CONFIG="$RUN/admin.conf"
