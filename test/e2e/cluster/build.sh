#!/usr/bin/env bash
# Builds what the local cluster runs, from Go modules: Kubernetes with etcd and kubectl, agnhost, CoreDNS, cnitool and
# the base CNI plugins. Everything lands in the cache folder; a second call finds it there and takes no time.
# The first call costs about 20 CPU minutes, 3 GiB of Go build cache and 800 MiB of modules.
set -euo pipefail
# shellcheck source=settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
no_arguments "${BASH_SOURCE[0]}" "$@"

export CGO_ENABLED=0
strip=(-trimpath -ldflags "-s -w")

build_kubernetes() {
  step "building Kubernetes $KUBERNETES_VERSION (the first time takes 9 to 12 minutes on 2 cores)"
  local package=k8s.io/component-base/version minor="${KUBERNETES_VERSION#v1.}" program
  local stamp="-X $package.gitVersion=$KUBERNETES_VERSION -X $package.gitMajor=1 -X $package.gitMinor=${minor%.*}"
  go -C "$CLUSTER/kubernetes" build -trimpath -ldflags "-s -w $stamp -X $package.gitTreeState=clean" -o "$1/bin/kube" .
  for program in etcd kubectl kubelet kube-apiserver kube-controller-manager kube-proxy kube-scheduler; do
    ln -s kube "$1/bin/$program"
  done
  api_test_layout "$1"
  step "building agnhost"
  go -C "$CLUSTER/kubernetes" build "${strip[@]}" -o "$1/image/agnhost" k8s.io/kubernetes/test/images/agnhost
  local module
  module="$(go -C "$CLUSTER/kubernetes" list -m -f '{{.Dir}}' k8s.io/kubernetes)"
  install -m 644 "$module"/test/images/agnhost/porter/localhost.{crt,key} "$1/image/"
}

# The folder layout in which fabric8's kube-api-test looks for the programs of a real API server.
api_test_layout() {
  local folder program
  folder="$1/api-test/k8s/${KUBERNETES_VERSION#v}-linux-$(go env GOARCH)"
  mkdir -p "$folder"
  for program in kube-apiserver etcd kubectl; do
    ln -s ../../../bin/kube "$folder/$program"
  done
}

build_coredns() {
  step "building CoreDNS"
  go -C "$CLUSTER/coredns" build "${strip[@]}" -o "$1/coredns" .
}

build_cni() {
  step "building cnitool and the base CNI plugins"
  mkdir -p "$1/bin" "$1/plugins"
  go -C "$CLUSTER/cni" build "${strip[@]}" -o "$1/plugins/" tool
  mv "$1/plugins/cnitool" "$1/bin/"
}

if [[ -e "$KUBERNETES" && -e "$COREDNS" && -e "$CNI" ]]; then
  exit 0
fi
# shellcheck source=../../../hack/lib/go.sh
source "$LIB/go.sh"
mkdir -p "$HEDDLE_CACHE"
exec {lock}>"$HEDDLE_CACHE/build.lock"
flock "$lock" # somebody else's build of the same things: wait, then find it done
build_once "$KUBERNETES" build_kubernetes
build_once "$CNI" build_cni
build_once "$COREDNS" build_coredns
