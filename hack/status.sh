#!/usr/bin/env bash
# Prints what Heddle says about itself: the installation, the nodes, and how far each policy is enforced.
set -euo pipefail
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=lib/progress.sh
source "$here/lib/progress.sh"
# shellcheck source=lib/kubectl.sh
source "$here/lib/kubectl.sh"
no_arguments "${BASH_SOURCE[0]}" "$@"

kubectl get heddles
echo
kubectl get nodestates
echo
policies='{range .items[*]}{@.metadata.namespace}{"\t"}{range .status.policies[*]}{.name} {.generation} {.desired} {.enforced} {.unreachable} {.state}{"\t"}{end}{"\n"}{end}'
kubectl get enforcementreports -A -o "jsonpath=$policies" | awk -F '\t' '
  BEGIN { row("NAMESPACE", "POLICY GENERATION DESIRED ENFORCED UNREACHABLE STATE") }
  { for (i = 2; i < NF; i++) row($1, $i) }
  function row(namespace, columns,   c) {
    split(columns, c, " ")
    printf "%-20s %-22s %-11s %-8s %-9s %-12s %s\n", namespace, c[1], c[2], c[3], c[4], c[5], c[6]
  }'
