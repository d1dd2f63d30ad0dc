# The layers of tests, in the order in which they run: from the quickest answer to the fullest. Sourced by
# hack/test.sh, never run. A layer NAME is a function layer_NAME, with its title, its needs and its budget in seconds.
# shellcheck shell=bash disable=SC2034

layers=(style pure packet apiserver netns kernels cluster)
declare -A title=(
  [style]="style: scripts, C, Java, generated files"
  [pure]="pure: build everything, unit and seeded random tests"
  [packet]="packet life: the real programs, packet in, verdict out"
  [apiserver]="API server: schemas, admission, reconcilers"
  [netns]="netns: real devices and sockets, no Kubernetes"
  [kernels]="kernels: the node daemon on other kernels, under QEMU"
  [cluster]="cluster: real pods on two real nodes"
)
declare -A budget=([style]=180 [pure]=420 [packet]=400 [netns]=900 [kernels]=1500 [apiserver]=900 [cluster]=1500)
declare -A needs=([style]="" [pure]="" [packet]="root bpf" [netns]="root bpf" [kernels]="debian" [apiserver]="" [cluster]="root bpf")

# The tag of a layer's tests, where it is another word.
declare -A tag=([packet]=bpf)

# Layers that run one after the other beside the last one, and how nice they are to it. prepare_NAME, where there is one, runs before.
declare -A beside=([packet]=19 [apiserver]=19 [netns]=19 [kernels]=19)

# Every script checked in, by its first line or its name.
scripts() {
  git ls-files | while read -r file; do
    if [[ "$file" == *.sh ]] || { [[ -f "$file" ]] && head -n 1 "$file" | grep -qaE '^#!.*\b(bash|sh)$'; }; then
      echo "$file"
    fi
  done
}

layer_style() {
  local failed=0 check
  scripts | xargs shellcheck || failed=1
  for check in bpf/check-format.sh bpf/check-layouts.sh; do
    [[ ! -x "$check" ]] || "$check" || failed=1
  done
  maven spotless:check || failed=1
  return "$failed"
}

layer_pure() {
  mkdir -p target
  local began
  began="$(mktemp target/built.XXXXXX)"
  maven package -Dheddle.tests.layer=pure || return 1
  mv "$began" "$HEDDLE_BUILT"
}

layer_packet() {
  isolated packet
}

layer_netns() {
  isolated netns
}

prepare_kernels() {
  maven test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test -pl node-daemon -am
}

layer_kernels() {
  test/kernels/run.sh
}

# Two test classes at a time, each in a process of its own: they wait for their API servers more than they compute. One runs
# the operator's archive.
layer_apiserver() {
  build_archives
  tests apiserver -DforkCount=2
}

layer_cluster() {
  hack/up.sh || return 1
  local settings
  settings="$(hack/env.sh)" # names the local cluster, now that it is up
  eval "$settings"
  tests cluster -pl test/e2e -am
}

# isolated LAYER: two test classes of the node daemon at a time, each in namespaces of its own
isolated() {
  tests "$1" -DforkCount=2 -Djvm="$HEDDLE_ROOT/node-daemon/src/test/isolated/bin/java" -pl node-daemon -am
}

# tests LAYER ARGUMENT...: the tests with the layer's tag
tests() {
  local layer="$1"
  shift
  maven test -Dheddle.tests.included="${tag[$layer]:-$layer}" -Dheddle.tests.layer="$layer" -Dheddle.tests.excluded=bench "$@"
}
