#!/usr/bin/env bash
# hack/bench.sh [NAME]...: runs benchmarks side by side with what they are compared with, and prints a table each.
#
#   NAME   only this one; now there is: verdict (what a verdict costs above parsing)
#
# Needs root and BPF. Writes target/bench/NAME.jsonl, one line for each case; ratio above 1 means that Heddle is better.
# Figures measured so far, and what they mean: docs/benchmarks.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=lib/progress.sh
source hack/lib/progress.sh

declare -A classes=([verdict]=VerdictBench)
[[ "${1:-}" != -h && "${1:-}" != --help ]] || { help_of "${BASH_SOURCE[0]}"; exit 0; }
chosen=("$@")
((${#chosen[@]})) || chosen=("${!classes[@]}")
for name in "${chosen[@]}"; do
  [[ -n "${classes[$name]:-}" ]] || fail "there is no benchmark '$name'; there are: ${!classes[*]}"
done
((EUID == 0)) || fail "benchmarks load BPF programs: run this as root"

for name in "${chosen[@]}"; do
  step "benchmark $name"
  ./mvnw -B -q -ntp -pl node-daemon -am test -Dheddle.tests.excluded= -Dheddle.tests.included=bench \
    -Dsurefire.failIfNoSpecifiedTests=false "-Dtest=${classes[$name]}" \
    "-Dheddle.argLine=-Dheddle.bench.output=$PWD/target/bench" || fail "benchmark $name failed"
  step "written: target/bench/$name.jsonl"
done
