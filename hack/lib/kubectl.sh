# kubectl: the machine's own, or the one that the local cluster is built with; and the local cluster, when KUBECONFIG
# names no other. Sourced, never run.
# shellcheck shell=bash
# shellcheck source=../../test/e2e/cluster/settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../test/e2e/cluster/settings.sh"
export KUBECONFIG="${KUBECONFIG:-$ADMIN_CONFIG}"
[[ ! -e "$KUBERNETES/bin/kubectl" ]] || PATH="$KUBERNETES/bin:$PATH"
