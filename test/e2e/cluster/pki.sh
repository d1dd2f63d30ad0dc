# Certificates and kubeconfigs of the cluster, made anew for every start. Sourced, never run.
# shellcheck shell=bash

make_pki() {
  local node
  mkdir -p "$PKI"
  chmod 700 "$PKI"
  new_key ca
  openssl req -x509 -new -key "$PKI/ca.key" -subj /CN=heddle-cluster -days 365 -out "$PKI/ca.crt"
  openssl genrsa -out "$PKI/service-accounts.key" 2048 2>/dev/null
  openssl rsa -in "$PKI/service-accounts.key" -pubout -out "$PKI/service-accounts.pub" 2>/dev/null
  local names="DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local"
  new_certificate apiserver /CN=kube-apiserver \
    "extendedKeyUsage=serverAuth" "subjectAltName=IP:127.0.0.1,IP:$CONTROL_ADDRESS,IP:$API_CLUSTER_IP,$names"
  client kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client
  client admin /O=system:masters/CN=admin
  client controller-manager /CN=system:kube-controller-manager
  client scheduler /CN=system:kube-scheduler
  for node in "${NODES[@]}"; do
    client "$node" "/O=system:nodes/CN=system:node:$node"
  done
}

new_key() { # NAME
  openssl ecparam -name prime256v1 -genkey -noout -out "$PKI/$1.key"
}

new_certificate() { # NAME SUBJECT EXTENSION...
  local name="$1" subject="$2"
  shift 2
  new_key "$name"
  openssl req -new -key "$PKI/$name.key" -subj "$subject" |
    openssl x509 -req -CA "$PKI/ca.crt" -CAkey "$PKI/ca.key" -CAcreateserial -days 365 \
      -extfile <(printf '%s\n' "$@") -out "$PKI/$name.crt" 2>/dev/null
}

client() { # NAME SUBJECT: a certificate, and a kubeconfig that carries it whole, so that it can be copied
  new_certificate "$1" "$2" "extendedKeyUsage=clientAuth"
  cat >"$RUN/$1.conf" <<YAML
apiVersion: v1
kind: Config
current-context: heddle
contexts: [{name: heddle, context: {cluster: heddle, user: $1}}]
clusters:
- name: heddle
  cluster: {server: "https://$CONTROL_ADDRESS", certificate-authority-data: $(base64 -w0 "$PKI/ca.crt")}
users:
- name: $1
  user:
    client-certificate-data: $(base64 -w0 "$PKI/$1.crt")
    client-key-data: $(base64 -w0 "$PKI/$1.key")
YAML
  chmod 600 "$RUN/$1.conf"
}
