#!/usr/bin/env bash
# load-image.sh ARCHIVE...: loads container images (docker or OCI archives) into every node of the local cluster, and
# prints what it loaded. What a node has already is not loaded again; an image of the same name is replaced, for pods
# that start afterwards.
set -euo pipefail
# shellcheck source=settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
# shellcheck source=machine.sh
source "$CLUSTER/machine.sh"
if [[ "${1:---help}" == --help || "$1" == -h ]]; then
  help_of "${BASH_SOURCE[0]}"
  exit 0
fi

for archive in "$@"; do
  hash="$(sha256sum "$archive" | cut -d' ' -f1)"
  for node in "${NODES[@]}"; do
    init="$(machine_init "$node")" || fail "node $node is not up"
    loaded="$RUN/$node/loaded/${archive##*/}"
    [[ "$(cat "$loaded" 2>/dev/null)" != "$hash" ]] || continue
    ctr --address "/proc/$init/root/run/containerd/containerd.sock" --namespace k8s.io images import "$archive" >/dev/null
    mkdir -p "${loaded%/*}"
    echo "$hash" >"$loaded"
    echo "loaded ${archive##*/} into $node"
  done
done
