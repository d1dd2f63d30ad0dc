#!/usr/bin/env bash
# Process 1 of the machine "control": etcd, kube-apiserver, kube-controller-manager and kube-scheduler. Started by
# up.sh. When one of them ends, all end: half a control plane is harder to understand than none.
set -euo pipefail
# shellcheck source=settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
hostname control
mount --make-rprivate /
bin="$KUBERNETES/bin"

"$bin/etcd" --data-dir "$RUN/etcd" --unsafe-no-fsync --log-level warn \
  --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
  --listen-peer-urls http://127.0.0.1:2380 >"$RUN/log/etcd.log" 2>&1 &

# As a cluster that was upgraded: it may hold addresses with leading zeros, which newer API servers refuse in new objects.
"$bin/kube-apiserver" --feature-gates=StrictIPCIDRValidation=false --etcd-servers=http://127.0.0.1:2379 \
  --bind-address=0.0.0.0 --advertise-address="$CONTROL_ADDRESS" --secure-port=443 \
  --service-cluster-ip-range="$SERVICE_CIDRS" --allow-privileged=true \
  --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
  --tls-cert-file="$PKI/apiserver.crt" --tls-private-key-file="$PKI/apiserver.key" --client-ca-file="$PKI/ca.crt" \
  --service-account-issuer=https://kubernetes.default.svc.cluster.local \
  --service-account-key-file="$PKI/service-accounts.pub" \
  --service-account-signing-key-file="$PKI/service-accounts.key" \
  --kubelet-client-certificate="$PKI/kubelet-client.crt" --kubelet-client-key="$PKI/kubelet-client.key" \
  --kubelet-preferred-address-types=InternalIP >"$RUN/log/kube-apiserver.log" 2>&1 &

# Nodes are created with their pod range by up.sh, so none is allocated.
"$bin/kube-controller-manager" --kubeconfig="$RUN/controller-manager.conf" --use-service-account-credentials=true \
  --service-account-private-key-file="$PKI/service-accounts.key" --root-ca-file="$PKI/ca.crt" \
  --cluster-signing-cert-file="$PKI/ca.crt" --cluster-signing-key-file="$PKI/ca.key" \
  --cluster-cidr="$POD_CIDRS" --service-cluster-ip-range="$SERVICE_CIDRS" \
  --leader-elect=false --bind-address=127.0.0.1 >"$RUN/log/kube-controller-manager.log" 2>&1 &

"$bin/kube-scheduler" --kubeconfig="$RUN/scheduler.conf" \
  --leader-elect=false --bind-address=127.0.0.1 >"$RUN/log/kube-scheduler.log" 2>&1 &

wait -n
echo "a program of the control plane ended; the last lines of each log:"
tail -n 5 "$RUN"/log/{etcd,kube-*}.log
