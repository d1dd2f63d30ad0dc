#!/usr/bin/env bash
# Makes the images that the local cluster's pods are made of: pause, busybox, agnhost, CoreDNS, and agnhost with the tests'
# own maker of connections. No registry and no container engine is needed: each image is one static program or two, packed
# as an archive into the cache folder.
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

pack() { # OUT NAME ENTRYPOINT ROOT...: a layer for each ROOT
  local out="$1" name="$2" entrypoint="$3" layers=() root
  shift 3
  for root in "$@"; do
    image_tar "$root.layer" "$root" .
    layers+=("$root.layer")
  done
  image_archive "$out" "$name" 0:0 "$entrypoint" "${layers[@]}"
}

build_images() {
  local out="$1" root program
  root="$(mktemp -d)"
  chmod 755 "$root"
  mkdir "$root"/{pause,busybox,agnhost,attempt,coredns}
  for program in pause attempt; do
    CGO_ENABLED=0 go -C "$CLUSTER/$program" build -trimpath -ldflags "-s -w" -o "$root/$program/$program" .
  done
  add_shell "$root/busybox"
  add_shell "$root/agnhost"
  cp "$KUBERNETES/image/"* "$root/agnhost/"
  mkdir "$root/agnhost/uploads"
  cp "$COREDNS/coredns" "$root/coredns/"
  pack "$out/pause.tar" "$PAUSE_IMAGE" '["/pause"]' "$root/pause"
  pack "$out/busybox.tar" "$BUSYBOX_IMAGE" '["/bin/sh"]' "$root/busybox"
  pack "$out/agnhost.tar" "$AGNHOST_IMAGE" '["/agnhost"]' "$root/agnhost"
  pack "$out/test-pod.tar" "$TEST_POD_IMAGE" '["/agnhost"]' "$root/agnhost" "$root/attempt"
  pack "$out/coredns.tar" "$COREDNS_IMAGE" '["/coredns"]' "$root/coredns"
  rm -r "$root"
}

[[ -n "$BUSYBOX" ]] || fail "busybox is missing: install the package busybox-static (hack/install-deps.sh does)"
step "packing the images of the cluster's own pods"
exec {lock}>"$HEDDLE_CACHE/build.lock"
flock "$lock"
build_once "$IMAGES" build_images
