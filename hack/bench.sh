#!/usr/bin/env bash
# hack/bench.sh [NAME]...: runs benchmarks side by side with what they are compared with, and prints a table each.
#
#   compile     how a compile's time grows with the number and kind of rules
#   verdict     what a verdict costs above parsing
#   policy      a packet and a connection beside nftables, iptables and the usual BPF way, with up to 10,000 rules
#   flip        the two ways to flip from one image to the next
#   footprint   memory and start of an idle node daemon that knows 1,000 addresses (on the local cluster)
#
# Without a NAME all of them, one after the other.
# Needs root and BPF. Writes target/bench/NAME.jsonl, one line for each case; ratio above 1 means that Heddle is better.
# Figures measured so far, and what they mean: docs/benchmarks.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=lib/progress.sh
source hack/lib/progress.sh

benchmarks=(compile verdict flip policy footprint)
declare -A classes=([compile]=policy/CompileBench [verdict]=node-daemon/VerdictBench [flip]=node-daemon/FlipBench
  [policy]=node-daemon/PolicyBench [footprint]=test/e2e/FootprintBench)
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
  step "benchmark $name"
  ./mvnw -B -q -ntp -pl "${classes[$name]%/*}" -am test -Dheddle.tests.excluded= -Dheddle.tests.included=bench \
    -Dsurefire.failIfNoSpecifiedTests=false "-Dtest=${classes[$name]##*/}" \
    "-Dheddle.argLine=-Dheddle.bench.output=$PWD/target/bench" || fail "benchmark $name failed"
  step "written: target/bench/$name.jsonl"
done
