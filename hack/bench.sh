#!/usr/bin/env bash
# hack/bench.sh [NAME]...: runs benchmarks side by side with what they are compared with, and prints a table each.
#
#   compile     how a compile's time grows with the number and kind of rules
#   verdict     what a verdict costs above parsing
#   growth      what a packet costs more with 10,000 rules than with 10
#   policy      a packet and a connection beside nftables, iptables and the usual BPF way, with up to 10,000 rules
#   flip        the two ways to flip from one image to the next
#   daemon      how soon the tables follow on a node that knows 50,000 addresses and enforces 1,000 rules
#   agent       how soon a node enforces a policy that it hears of, in a cluster of 30,000 pods and 30,000 policies
#   memory      what a node daemon takes that knows 50,000 addresses and enforces 1,000 rules
#   whatif      how long kubectl heddle whatif computes in a cluster of 30,000 pods
#   scale       the operator in a cluster of 1,000 nodes, 30,000 pods and 30,000 policies, with simulated nodes
#   footprint   memory and start of an idle node daemon that knows 1,000 addresses (on the local cluster)
#
# The sizes of scale are settings, with these defaults: SCALE_NODES=1000 SCALE_NAMESPACES=1000 SCALE_PODS=30000
# SCALE_POLICIES=30000, SCALE_CHANGES=20 pods each second, SCALE_IDLE=30 and SCALE_CHURN=120 seconds, SCALE_POLICY_CHANGES=180.
#
# Without a NAME all of them, one after the other.
# Needs root and BPF. Writes target/bench/NAME.jsonl, one line for each case; ratio above 1 means that Heddle is better.
# Figures measured so far, and what they mean: docs/benchmarks.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=lib/progress.sh
source hack/lib/progress.sh

benchmarks=(compile verdict growth flip policy daemon agent memory whatif scale footprint)
declare -A classes=([compile]=policy/CompileBench [verdict]=node-daemon/VerdictBench
  [growth]=node-daemon/GrowthBench [flip]=node-daemon/FlipBench
  [policy]=node-daemon/PolicyBench [daemon]=node-daemon/DaemonBench
  [agent]=node-daemon/AgentBench [memory]=node-daemon/DaemonMemoryBench
  [whatif]=cli/WhatIfBench [scale]=operator/ScaleBench [footprint]=test/e2e/FootprintBench)
on_cluster=(footprint)
[[ "${1:-}" != -h && "${1:-}" != --help ]] || { help_of "${BASH_SOURCE[0]}"; exit 0; }
chosen=("$@")
((${#chosen[@]})) || chosen=("${benchmarks[@]}")
for name in "${chosen[@]}"; do
  [[ -n "${classes[$name]:-}" ]] || fail "there is no benchmark '$name'; there are: ${benchmarks[*]}"
done
if [[ " ${chosen[*]} " == *" policy "* ]]; then
  for program in nft iptables-legacy-restore iptables-nft-restore ipset; do
    command -v "$program" >/dev/null || fail "benchmark policy needs $program: apt-get install nftables iptables ipset"
  done
fi
((EUID == 0)) || fail "benchmarks load BPF programs: run this as root"

for name in "${chosen[@]}"; do
  if [[ " ${on_cluster[*]} " == *" $name "* ]]; then
    hack/up.sh
    settings="$(hack/env.sh)"
    eval "$settings"
  fi
  arguments=()
  if [[ "$name" == scale || "$name" == memory ]]; then # they start an API server
    settings="$(hack/env.sh)"
    eval "$settings"
  fi
  if [[ "$name" == scale ]]; then
    step "packing the operator"
    ./mvnw -B -q -ntp -pl operator -am package -DskipTests || fail "the build failed"
    arguments+=("-Dheddle.operator.app=$PWD/operator/target/quarkus-app")
    for size in nodes namespaces pods policies changes idle churn policy-changes; do
      variable="SCALE_${size^^}"
      variable="${variable//-/_}"
      [[ -z "${!variable:-}" ]] || arguments+=("-Dheddle.scale.$size=${!variable}")
    done
  fi
  [[ "$name" != daemon && "$name" != agent ]] || arguments+=("@$PWD/node-daemon/java.options") # as the daemon's image
  step "benchmark $name"
  ./mvnw -B -q -ntp -pl "${classes[$name]%/*}" -am test -Dheddle.tests.excluded= -Dheddle.tests.included=bench \
    -Dheddle.tests.jit= -Dsurefire.failIfNoSpecifiedTests=false "-Dtest=${classes[$name]##*/}" \
    "-Dheddle.argLine=-Dheddle.bench.output=$PWD/target/bench ${arguments[*]}" || fail "benchmark $name failed"
  step "written: target/bench/$name.jsonl"
done
