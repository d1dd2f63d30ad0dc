#!/usr/bin/env bash
# Ends the local cluster that hack/up.sh started and removes everything of it: processes, network namespaces, links,
# cgroups, state. A cluster of KUBECONFIG or kind is not touched; docs/gitops.md says how to uninstall there.
# Built binaries stay in the cache (HEDDLE_CACHE, by default ~/.cache/heddle); remove that folder to be rid of them too.
set -euo pipefail
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=lib/progress.sh
source "$here/lib/progress.sh"
no_arguments "${BASH_SOURCE[0]}" "$@"
exec "$here/../test/e2e/cluster/down.sh"
