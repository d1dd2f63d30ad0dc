#!/usr/bin/env bash
# hack/up.sh [--kind NAME]: Heddle on a real cluster, with a small shop and its policies to look at.
#
# Installs what the build needs, builds everything, starts a local Kubernetes of two nodes, installs Heddle, deploys
# the shop, and prints who can reach whom before and after its policies are applied. A second run takes seconds.
#
#   --kind NAME   use the kind cluster NAME instead of starting one
#   KUBECONFIG    when set: use the cluster that it names; its nodes must be able to pull Heddle's images
#   HEDDLE_CACHE  where built binaries and the cluster's state are kept (default: ~/.cache/heddle)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=lib/progress.sh
source hack/lib/progress.sh

kind=
case "${1:-}" in
  --kind)
    kind="${2:-}"
    [[ -n "$kind" ]] || fail "--kind needs the cluster's name, as 'kind get clusters' prints it"
    shift 2
    ;;
esac
no_arguments "hack/up.sh" "$@"

hack/install-deps.sh
# shellcheck source=lib/build.sh
source hack/lib/build.sh

given="${KUBECONFIG:-}"
# shellcheck source=lib/kubectl.sh
source hack/lib/kubectl.sh
# shellcheck source=lib/install.sh
source hack/lib/install.sh
images=(target/images/operator.tar target/images/node-daemon.tar)
changed=

use_kind() {
  local config="target/kind-$kind.conf"
  command -v kind >/dev/null || fail "kind is missing; https://kind.sigs.k8s.io tells how to install it"
  (umask 077 && kind get kubeconfig --name "$kind" >"$config") || fail "there is no kind cluster '$kind'"
  export KUBECONFIG="$PWD/$config"
  for image in "${images[@]}"; do
    step "loading $image into kind"
    kind load image-archive "$image" --name "$kind"
  done
  changed=unknown
}

use_local() {
  export KUBECONFIG="$ADMIN_CONFIG"
  "$CLUSTER/up.sh"
  changed="$("$CLUSTER/load-image.sh" "${images[@]}")"
  step "${changed:-the nodes have the images already}"
}

build_heddle
if [[ -n "$kind" ]]; then
  use_kind
elif [[ -n "$given" && "$given" != "$ADMIN_CONFIG" ]]; then
  step "using the cluster of KUBECONFIG=$given; its nodes must be able to pull Heddle's images"
else
  use_local
fi
if ! command -v kubectl >/dev/null; then # a cluster of the user's, on a machine without kubectl
  "$CLUSTER/build.sh"
  PATH="$KUBERNETES/bin:$PATH"
fi

install_heddle "$changed"
step "deploying the shop: kubectl apply -f config/samples/shop/"
deploy_shop
step "who reaches whom, without policies:"
hack/reach.sh
step "applying its policies: kubectl apply -f config/samples/policies/"
apply_policies
step "who reaches whom, with policies:"
hack/reach.sh
step "what status says:"
hack/status.sh
cat <<EOT

The cluster is up with Heddle and the shop. Try next:

  eval "\$(hack/env.sh)"                                kubectl and its cluster for this shell
  kubectl heddle status                                what is enforced, and what is not and why
  kubectl heddle explain -n shop deploy/web deploy/api why a connection is allowed, rule by rule
  kubectl -n shop describe networkpolicy web-to-api    events say where a policy is enforced
  kubectl -n shop delete networkpolicy api-from-web    then: hack/reach.sh
  kubectl describe nodestates                          what each node runs
  hack/down.sh                                         ends it and leaves nothing behind
EOT
