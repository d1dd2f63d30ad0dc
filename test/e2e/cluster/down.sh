#!/usr/bin/env bash
# Ends the local cluster and removes everything that up.sh made: processes, namespaces, links, cgroups, state.
# Built binaries and images stay in the cache.
set -euo pipefail
# shellcheck source=settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
# shellcheck source=lifecycle.sh
source "$CLUSTER/lifecycle.sh"
no_arguments "${BASH_SOURCE[0]}" "$@"

[[ $EUID -eq 0 ]] || fail "the local cluster needs root"
take_lock
remove_cluster
step "the cluster is gone"
