#!/usr/bin/env bash
# hack/test.sh [--layer NAME]...: every layer of tests, each with a budget of time that it must keep. Tests on the cluster wait more than
# they compute, so other layers run beside them; what these print comes when they have ended.
#
#   --layer NAME   only this layer: style, pure, packet, apiserver, netns, kernels or cluster; may be repeated
#
# Without root or BPF it runs what it can and says what it skipped; where CI=true, a skip is a failure. The local
# cluster is ended afterwards unless it was up before. The last line counts tests: "N passed, N failed".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=lib/progress.sh
source hack/lib/progress.sh
# shellcheck source=lib/build.sh
source hack/lib/build.sh
# shellcheck source=lib/layers.sh
source hack/lib/layers.sh

chosen=()
while [[ "${1:-}" == --layer ]]; do
  [[ " ${layers[*]} " == *" ${2:-} "* ]] || fail "there is no layer '${2:-}'; the layers are: ${layers[*]}"
  chosen+=("$2")
  shift 2
done
no_arguments hack/test.sh "$@"
((${#chosen[@]})) || chosen=("${layers[@]}")

passed=0 failed=0 summary=() lane=
work="$(mktemp -d)" # of each layer that began: LAYER.began, .process, .log, .status and .seconds

finish() {
  local file
  [[ -z "$lane" ]] || kill "$lane" 2>/dev/null || true
  for file in "$work"/*.process; do
    [[ ! -e "$file" ]] || kill -- "-$(<"$file")" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap finish EXIT

# lacks LAYER: what this machine lacks for it.
lacks() {
  local need
  for need in ${needs[$1]}; do
    case "$need" in
      root) [[ $EUID -eq 0 ]] || echo "root" ;;
      debian) [[ -e /usr/share/keyrings/debian-archive-keyring.gpg ]] || echo "Debian archive" ;;
      bpf) PATH="$PATH:/usr/sbin" bpftool prog list >/dev/null 2>&1 || echo "BPF" ;;
    esac
  done
}

# count LAYER: adds up the reports of tests written since the layer began; names what failed.
count() {
  local files
  files="$(find . -path "*/target/surefire-reports/$1/TEST-*.xml" -newer "$work/$1.began" -print)"
  [[ -n "$files" ]] || return 0
  local tests errors failures skipped
  # By test cases, since the totals of a report leave out those of parameterized classes.
  # shellcheck disable=SC2016 # awk's own $0
  read -r tests errors failures skipped < <(xargs awk '
    /^ *<testcase / { tests++ }
    /^ *<error[ >]/ { errors++ }
    /^ *<failure[ >]/ { failures++ }
    /^ *<skipped[ \/>]/ { skipped++ }
    END { print tests + 0, errors + 0, failures + 0, skipped + 0 }' <<<"$files")
  bad=$((errors + failures))
  [[ "${CI:-}" != true ]] || bad=$((bad + skipped))
  passed=$((passed + tests - errors - failures - skipped))
  failed=$((failed + bad))
  counted="$tests tests"
  ((skipped == 0)) || counted+=", $skipped skipped"
  ((bad == 0)) || counted+=", $bad failed"
}

# sourcing FUNCTION: a command that runs one function of the layers.
sourcing() {
  echo "source hack/lib/progress.sh; source hack/lib/build.sh; source hack/lib/layers.sh; $1"
}

# run LAYER [COMMAND...]: runs it, by way of COMMAND, in a process group of its own, so that all of it ends when the budget does.
run() {
  local layer="$1" status=0
  shift
  step "== ${title[$layer]} (budget ${budget[$layer]} s)"
  touch "$work/$layer.began"
  local began=$EPOCHSECONDS
  if declare -F "prepare_$layer" >/dev/null && ! "$@" bash -euo pipefail -c "$(sourcing "prepare_$layer")"; then
    set -- false
  fi
  "$@" timeout --kill-after=10 "${budget[$layer]}" bash -euo pipefail -c "$(sourcing "layer_$layer")" &
  echo "$!" >"$work/$layer.process"
  wait "$!" || status=$?
  rm "$work/$layer.process"
  echo "$status" >"$work/$layer.status"
  echo "$((EPOCHSECONDS - began))" >"$work/$layer.seconds"
}

# run_beside LAYER...: one after the other, while this script goes on; each keeps what it prints.
run_beside() {
  local layer
  for layer in "$@"; do
    run "$layer" nice -n "${beside[$layer]}" >"$work/$layer.log" 2>&1
    step "beside, $layer has ended after $(<"$work/$layer.seconds") s"
  done
}

# conclude LAYER: says how it went.
conclude() {
  local layer="$1" bad=0 counted="no tests" status seconds
  [[ ! -e "$work/$layer.log" ]] || cat "$work/$layer.log"
  status="$(<"$work/$layer.status")"
  seconds="$(<"$work/$layer.seconds")"
  count "$layer"
  if ((status == 124 || status == 137)); then
    summary+=("$(printf '%-10s FAILED  %4d s  over its budget of %d s; %s' "$layer" "$seconds" "${budget[$layer]}" "$counted")")
    failed=$((failed + 1))
  elif ((status != 0)); then
    summary+=("$(printf '%-10s FAILED  %4d s  %s' "$layer" "$seconds" "$counted")")
    ((bad > 0)) || failed=$((failed + 1)) # a build or a check that no report of tests counts
  elif ((bad > 0)); then
    summary+=("$(printf '%-10s FAILED  %4d s  %s (in CI, a skipped test is a failure)' "$layer" "$seconds" "$counted")")
  else
    summary+=("$(printf '%-10s passed  %4d s  %s' "$layer" "$seconds" "$counted")")
  fi
  step "${summary[-1]}"
}

skip() { # LAYER WHAT
  local text="skipped: no $2 here"
  if [[ "${CI:-}" == true ]]; then
    failed=$((failed + 1))
    text="FAILED: in CI nothing may be skipped, and there is no $2 here"
  fi
  summary+=("$(printf '%-10s %s' "$1" "$text")")
  step "${summary[-1]}"
}

if [[ $EUID -eq 0 ]]; then
  hack/install-deps.sh
else
  hack/install-deps.sh || step "going on with what there is"
fi
step "a real API server for the tests that start one: hack/env.sh"
settings="$(hack/env.sh)"
given="${KUBECONFIG:-}"
eval "$settings"
# shellcheck source=../test/e2e/cluster/settings.sh
source test/e2e/cluster/settings.sh
was_up=
[[ ! -d "$PROCESSES" ]] || was_up=yes

usable=() aside=() ahead=()
for layer in "${chosen[@]}"; do
  lacking="$(lacks "$layer")"
  if [[ -n "$lacking" ]]; then
    skip "$layer" "${lacking//$'\n'/ and no }"
  else
    usable+=("$layer")
  fi
done
for layer in "${usable[@]}"; do
  if [[ -n "${beside[$layer]:-}" && "$layer" != "${usable[-1]}" ]]; then
    aside+=("$layer")
  else
    ahead+=("$layer")
  fi
done
for layer in "${ahead[@]}"; do
  if ((${#aside[@]})) && [[ "$layer" == "${ahead[-1]}" ]]; then
    step "beside what follows: ${aside[*]}"
    run_beside "${aside[@]}" &
    lane=$!
  fi
  run "$layer"
  conclude "$layer"
done
wait
for layer in "${aside[@]}"; do
  conclude "$layer"
done
if [[ " ${chosen[*]} " == *" cluster "* && -z "$was_up" && -z "$given" && -d "$PROCESSES" ]]; then
  hack/down.sh
fi

echo
printf '%s\n' "${summary[@]}"
echo
echo "$passed passed, $failed failed"
((failed == 0))
