#!/usr/bin/env bash
# Process 1 of a node: node.sh NAME, started by up.sh in namespaces of its own (network, mount, UTS, PID). The node's
# root is a tmpfs with the machine's /usr in it, so that nothing a node or a pod writes outlives the node.
set -euo pipefail
# shellcheck source=settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
node="$1"
state="$RUN/$node"

make_root() { # FOLDER
  local name
  mount -t tmpfs -o mode=755 heddle-node "$1"
  mkdir -p "$1"/{dev,etc,proc,sys,run,tmp,usr,old,opt/cni/bin,var/log/pods}
  chmod 1777 "$1/tmp"
  for name in bin sbin lib lib32 lib64; do # links into /usr, or folders where the two are not merged
    if [[ -L "/$name" ]]; then
      cp -P "/$name" "$1/$name"
    elif [[ -d "/$name" ]]; then
      mkdir "$1/$name"
      mount --bind "/$name" "$1/$name"
    fi
  done
  mount --bind /usr "$1/usr"
  mount --rbind /dev "$1/dev"
  for name in alternatives group ld.so.cache nsswitch.conf os-release passwd protocols ssl; do
    [[ ! -e "/etc/$name" ]] || cp -a "/etc/$name" "$1/etc/"
  done
  printf '127.0.0.1 localhost\n%s %s\n' "${NODE_ADDRESS[$node]}" "$node" >"$1/etc/hosts"
  echo "# no names outside the cluster" >"$1/etc/resolv.conf"
  mkdir -p "$1$HEDDLE_CACHE"
  mount --bind "$HEDDLE_CACHE" "$1$HEDDLE_CACHE"
}

# The kernel's file systems as this network namespace sees them, and the machine's cgroups at their usual place.
mount_kernel_views() { # FOLDER
  mount -t proc proc "$1/proc"
  mount -t sysfs sysfs "$1/sys"
  mount --rbind /sys/fs/cgroup "$1/sys/fs/cgroup"
  mount -t bpf bpf "$1/sys/fs/bpf"
  mount -t tmpfs -o mode=755 run "$1/run"
}

enter_root() { # FOLDER
  cd "$1"
  pivot_root . old
  umount --lazy /old
  rmdir /old
  mount --make-rshared / # Bidirectional mounts of pods
  cd /
}

# What is too big for memory, or must support overlays, lies on disk.
mount_state() {
  local name
  for name in kubelet containerd; do
    mkdir -p "$state/$name" "/var/lib/$name"
    mount --bind "$state/$name" "/var/lib/$name"
  done
}

# The node's own, writable: Heddle installs its plugin and its conflist beside these.
install_base_cni() {
  mkdir -p /etc/cni/net.d
  cp "$CNI"/plugins/* /opt/cni/bin/
  cat >/etc/cni/net.d/10-base.conflist <<JSON
{
  "cniVersion": "1.0.0",
  "name": "base",
  "plugins": [
    {
      "type": "bridge",
      "bridge": "cni0",
      "isGateway": true,
      "hairpinMode": true,
      "mtu": 1500,
      "ipam": {
        "type": "host-local",
        "ranges": [[{"subnet": "${NODE_PODS[$node]}"}], [{"subnet": "${NODE_PODS6[$node]}"}]],
        "routes": [{"dst": "0.0.0.0/0"}, {"dst": "::/0"}]
      }
    }
  ]
}
JSON
}

start_containerd() {
  cat >/etc/containerd.toml <<TOML
version = 2
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$PAUSE_IMAGE"
  restrict_oom_score_adj = true # without CAP_SYS_RESOURCE runc cannot lower the score
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
TOML
  containerd -c /etc/containerd.toml >"$RUN/log/$node-containerd.log" 2>&1 &
  local containerd=$! image
  until ctr version >/dev/null 2>&1; do
    kill -0 "$containerd"
    sleep 0.1
  done
  for image in "$IMAGES"/*.tar; do
    ctr -n k8s.io images import "$image"
  done
}

start_kubelet() {
  cat >/etc/kubelet.yaml <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: ${NODE_ADDRESS[$node]}
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $PKI/ca.crt}}
authorization: {mode: Webhook}
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
cgroupDriver: cgroupfs
cgroupRoot: /kube-$node
failCgroupV1: false
failSwapOn: false
clusterDNS: [$DNS_CLUSTER_IP]
clusterDomain: cluster.local
nodeStatusUpdateFrequency: 5s
imageGCHighThresholdPercent: 100
evictionHard: {memory.available: 100Mi}
YAML
  "$KUBERNETES/bin/kubelet" --config=/etc/kubelet.yaml --kubeconfig="$RUN/$node.conf" --hostname-override="$node" \
    --node-ip="${NODE_ADDRESS[$node]},${NODE_ADDRESS6[$node]}" --runtime-cgroups="/kube-$node" >"$RUN/log/$node-kubelet.log" 2>&1 &
}

hostname "$node"
mount --make-rprivate /
mkdir -p "$state/root"
make_root "$state/root"
mount_kernel_views "$state/root"
enter_root "$state/root"
mount_state
install_base_cni
start_containerd
start_kubelet
wait -n
echo "containerd or the kubelet ended; see $RUN/log/$node-*.log"
