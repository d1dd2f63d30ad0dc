#!/usr/bin/env bash
# Prints who in the sample shop can reach whom, by connections that its pods make at this moment: every pod to every
# other pod's address, so both on one node and across nodes. "yes": all of them answer, "no": none does, "2/4": some.
# The last column asks for api by its Service's name, which takes DNS and a ClusterIP.
set -euo pipefail
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=lib/progress.sh
source "$here/lib/progress.sh"
# shellcheck source=lib/kubectl.sh
source "$here/lib/kubectl.sh"
no_arguments "${BASH_SOURCE[0]}" "$@"

# Columns: service, protocol and port of the container.
targets=("shop/web tcp 8080" "shop/api tcp 8080" "shop-data/db tcp 5432" "shop-data/db udp 8125")
by_name="api.shop.svc.cluster.local.:80"
services=(shop/web shop/api shop-data/db)

# pods: lines of SERVICE POD ADDRESS NODE
pods() {
  local line='{range .items[*]}{.metadata.namespace}/{.metadata.labels.app} {.metadata.name} {.status.podIP} {.spec.nodeName}{"\n"}{end}'
  local namespace
  for namespace in shop shop-data; do
    kubectl -n "$namespace" get pods --field-selector=status.phase=Running -o "jsonpath=$line"
  done
}

# probe SERVICE POD: lines of "SERVICE COLUMN yes|no", all probes of one pod at once, by one exec.
probe() {
  local script column=0 target service protocol port other _ address
  # shellcheck disable=SC2016 # the pod's shell expands it; its own timeout also bounds the question to DNS
  script='try() { if timeout 4 /agnhost connect --timeout=2500ms --protocol=$2 $3 >/dev/null 2>&1; then echo $1 yes; else echo $1 no; fi; }; '
  for target in "${targets[@]}"; do
    read -r service protocol port <<<"$target"
    while read -r other pod address _; do
      [[ "$other" == "$service" && "$pod" != "$2" ]] && script+="try $column $protocol $address:$port & "
    done <<<"$all"
    column=$((column + 1))
  done
  script+="try $column tcp $by_name & wait"
  kubectl -n "${1%/*}" exec "$2" -- sh -c "$script" | sed "s#^#$1 #"
}

# cell SERVICE COLUMN: yes, no, or how many of how many
cell() {
  local yes count
  yes="$(grep -c "^$1 $2 yes$" <<<"$results" || true)"
  count="$(grep -c "^$1 $2 " <<<"$results" || true)"
  if ((count == 0)); then
    echo "-"
  elif ((yes == count)); then
    echo yes
  elif ((yes == 0)); then
    echo no
  else
    echo "$yes/$count"
  fi
}

all="$(pods)"
[[ -n "$all" ]] || fail "the sample shop is not running: kubectl apply -f config/samples/shop"
results="$(
  while read -r service pod _; do
    probe "$service" "$pod" &
  done <<<"$all"
  wait
)"

printf '%-14s' "from \\ to"
for target in "${targets[@]}"; do
  read -r service protocol port <<<"$target"
  printf '%-14s' "${service#*/} $protocol $port"
done
printf '%s\n' "api by name"
for service in "${services[@]}"; do
  printf '%-14s' "$service"
  for column in "${!targets[@]}"; do
    printf '%-14s' "$(cell "$service" "$column")"
  done
  cell "$service" "${#targets[@]}"
done
