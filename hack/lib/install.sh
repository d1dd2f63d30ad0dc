# Installs Heddle and the sample shop into the cluster that KUBECONFIG names. Sourced after progress.sh, kubectl.sh
# and build.sh, never run.
# shellcheck shell=bash

# await SECONDS WHAT COMMAND...: waits for COMMAND to succeed, or says what did not happen.
await() {
  local deadline=$((SECONDS + $1)) what="$2"
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || fail "$what did not happen; hack/status.sh shows what is there"
    sleep 0.3
  done
}

# install_heddle CHANGED: as a user would, and waits until every node is ready. Images of the same name are not
# noticed by running pods, so these are restarted when CHANGED is not empty.
install_heddle() {
  local running
  running="$(kubectl -n heddle-system get deployment heddle-operator -o name 2>/dev/null || true)"
  step "installing Heddle: kubectl apply -k config/default"
  kubectl apply -k "$HEDDLE_ROOT/config/default" >/dev/null
  was_uninstalled && fail "somebody deleted the Heddle object here, so the operator does not make it again. To have it back:
  kubectl -n heddle-system delete configmap heddle-default; then run this again"
  if [[ -n "$running" && -n "$1" ]]; then
    step "restarting what runs from an older image"
    kubectl -n heddle-system rollout restart deployment,daemonset -l app.kubernetes.io/part-of=heddle >/dev/null
  fi
  kubectl -n heddle-system rollout status deployment/heddle-operator --timeout=180s >/dev/null
  step "the operator is ready"
  await 60 "the operator making the Heddle object" kubectl get heddle heddle
  await 120 "the operator making the node daemon" kubectl -n heddle-system get daemonset heddle-node
  kubectl -n heddle-system rollout status daemonset/heddle-node --timeout=180s >/dev/null
  kubectl wait heddle/heddle --for=condition=Ready --timeout=120s >/dev/null
  step "the node daemon is ready on every node"
}

# was_uninstalled: whether the default Heddle was made once, and somebody has deleted it since.
was_uninstalled() {
  local mark='{.metadata.annotations.heddle\.dev/installed-as}'
  [[ -n "$(kubectl -n heddle-system get configmap heddle-default -o "jsonpath=$mark")" ]] \
    && ! kubectl get heddle heddle >/dev/null 2>&1
}

# deploy_shop: the sample's services, without a policy.
deploy_shop() {
  local service
  kubectl apply -f "$HEDDLE_ROOT/config/samples/shop/namespaces.yaml" >/dev/null
  kubectl apply -f "$HEDDLE_ROOT/config/samples/shop/" >/dev/null
  kubectl delete -f "$HEDDLE_ROOT/config/samples/policies/" --ignore-not-found >/dev/null
  for service in shop/web shop/api shop-data/db; do
    kubectl -n "${service%/*}" rollout status "deployment/${service#*/}" --timeout=120s >/dev/null
  done
  await 30 "every node running the state without policies" nodes_are_current
}

# apply_policies: the sample's, and waits until status says that each is enforced.
apply_policies() {
  kubectl apply -f "$HEDDLE_ROOT/config/samples/policies/" >/dev/null
  await 60 "the enforcement of the shop's policies" all_enforced shop
  await 60 "the enforcement of the shop's policies" all_enforced shop-data
}

# nodes_are_current: whether all that any node says it runs is what the heads say now, and every report is empty.
nodes_are_current() {
  local line='{range .items[*]}{.spec.namespace}={.spec.sequence}{"\n"}{end}' heads live
  heads="$(kubectl get policyheads -o "jsonpath=$line")"
  for live in $(kubectl get nodestates -o 'jsonpath={.items[*].status.live[*]}'); do
    grep -qxF -- "$live" <<<"$heads" || return 1
  done
  [[ -z "$(states shop)$(states shop-data)" ]]
}

# all_enforced NAMESPACE: whether the report names as many policies as there are, all enforced.
all_enforced() {
  local wanted reported
  wanted="$(kubectl -n "$1" get networkpolicies -o name | wc -l)"
  reported="$(states "$1")"
  [[ "$(grep -c . <<<"$reported")" == "$wanted" ]] && ! grep -qv '^ENFORCED$' <<<"$reported"
}

states() { # NAMESPACE: one line for each policy in its report
  kubectl -n "$1" get enforcementreport heddle --ignore-not-found \
    -o 'jsonpath={range .status.policies[*]}{.state}{"\n"}{end}'
}
