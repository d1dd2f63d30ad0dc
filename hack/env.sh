#!/usr/bin/env bash
# Prints the shell settings under which every test can be run by hand, one at a time:
#
#   eval "$(hack/env.sh)"
#   ./mvnw -pl operator -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=SomeTest
#   kubectl get pods -A
#
# KUBE_API_TEST_DIR   a real API server for tests that start one (fabric8's kube-api-test)
# HEDDLE_CNI_PLUGINS  the base CNI plugins; cnitool itself is put on the PATH, and so are kubectl and kubectl heddle
# KUBECONFIG          the local cluster, when it is up and KUBECONFIG is not set yet
#
# Builds Kubernetes first when the cache does not have it; that says so on standard error.
set -euo pipefail
# shellcheck source=../test/e2e/cluster/settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/../test/e2e/cluster/settings.sh"
no_arguments "${BASH_SOURCE[0]}" "$@"

"$CLUSTER/build.sh" >&2
printf 'export KUBE_API_TEST_DIR=%q\n' "$KUBERNETES/api-test"
printf 'export HEDDLE_CNI_PLUGINS=%q\n' "$CNI/plugins"
# shellcheck disable=SC2016 # the reader's shell expands it
printf 'export PATH=%q:%q:%q:"$PATH"\n' "$KUBERNETES/bin" "$CNI/bin" "$(realpath -m "$CLUSTER/../../../cli/target")"
if [[ -z "${KUBECONFIG:-}" && -e "$ADMIN_CONFIG" ]]; then
  printf 'export KUBECONFIG=%q\n' "$ADMIN_CONFIG"
fi
