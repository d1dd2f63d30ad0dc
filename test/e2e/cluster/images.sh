#!/usr/bin/env bash
# Makes the images that the local cluster's pods are made of: pause, busybox, agnhost and CoreDNS. No registry and no
# container engine is needed: each image is one static program, packed as an archive into the cache folder.
set -euo pipefail
# shellcheck source=settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
no_arguments "${BASH_SOURCE[0]}" "$@"

[[ -e "$IMAGES" ]] && exit 0
# shellcheck source=../../../hack/lib/go.sh
source "$LIB/go.sh"
# shellcheck source=../../../hack/lib/image.sh
source "$LIB/image.sh"

add_shell() { # ROOT: a shell and its tools, to look around in a pod
  local applet
  mkdir -p "$1"/{bin,etc,tmp}
  chmod 1777 "$1/tmp"
  for applet in $("$BUSYBOX" --list); do
    ln -s busybox "$1/bin/$applet"
  done
  cp --remove-destination "$BUSYBOX" "$1/bin/busybox"
  printf 'root:x:0:0:root:/root:/bin/sh\n' >"$1/etc/passwd"
}

pack() { # ROOT OUT NAME ENTRYPOINT
  image_tar "$2.layer" "$1" .
  image_archive "$2" "$3" 0:0 "$4" "$2.layer"
  rm "$2.layer"
}

build_images() {
  local out="$1" root
  root="$(mktemp -d)"
  chmod 755 "$root"
  mkdir "$root"/{pause,busybox,agnhost,coredns}
  CGO_ENABLED=0 go -C "$CLUSTER/pause" build -trimpath -ldflags "-s -w" -o "$root/pause/pause" .
  add_shell "$root/busybox"
  add_shell "$root/agnhost"
  cp "$KUBERNETES/image/"* "$root/agnhost/"
  mkdir "$root/agnhost/uploads"
  cp "$COREDNS/coredns" "$root/coredns/"
  pack "$root/pause" "$out/pause.tar" "$PAUSE_IMAGE" '["/pause"]'
  pack "$root/busybox" "$out/busybox.tar" "$BUSYBOX_IMAGE" '["/bin/sh"]'
  pack "$root/agnhost" "$out/agnhost.tar" "$AGNHOST_IMAGE" '["/agnhost"]'
  pack "$root/coredns" "$out/coredns.tar" "$COREDNS_IMAGE" '["/coredns"]'
  rm -r "$root"
}

[[ -n "$BUSYBOX" ]] || fail "busybox is missing: install the package busybox-static (hack/install-deps.sh does)"
step "packing the images of the cluster's own pods"
exec {lock}>"$HEDDLE_CACHE/build.lock"
flock "$lock"
build_once "$IMAGES" build_images
