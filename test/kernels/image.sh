#!/usr/bin/env bash
# image.sh: makes the file systems of the machines, from what this one has and from what Maven has built:
#
#   system.ext2  a Java runtime, libbpf, ip, tc and busybox: kept in the cache
#   tests.ext2   the classes of the node daemon and its tests, and what they need: made each time
#
# The last line names the first of the two; the other one is target/tests.ext2.
set -euo pipefail
# shellcheck source=settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
# shellcheck source=../../hack/lib/jdk.sh
source "$LIB/jdk.sh"
# shellcheck source=../../hack/lib/image.sh
source "$LIB/image.sh"

# file_system FOLDER IMAGE: ext2, which every kernel's ext4 driver reads.
file_system() {
  local kib
  kib="$(du -sk "$1" | cut -f1)"
  mke2fs -q -t ext2 -b 4096 -d "$1" "$2" $((kib + kib / 8 + 8192))k
}

# copy ROOT FILE TARGET: a program or library with the libraries that it needs.
copy() {
  install -D -m 755 "$(readlink -f "$2")" "$1$3"
  image_libraries "$1" "$2"
}

make_system() { # FOLDER
  local root="$1/root" applet libbpf
  mkdir -p "$root"/{proc,sys,dev,run,tmp,tests,etc,bin,sbin,runtime/bin,runtime/lib}
  cp -a "$JAVA_HOME"/{conf,release} "$root/runtime/"
  (cd "$JAVA_HOME/lib" && find . \( -name '*.so' -o -name modules -o -name classes.jsa -o -name jvm.cfg -o -name jspawnhelper -o -name tzdb.dat -o \
    -name security \) -exec cp -r --parents {} "$root/runtime/lib" \;)
  copy "$root" "$JAVA_HOME/bin/java" /runtime/bin/java
  image_libraries "$root" "$root"/runtime/lib/*.so "$root"/runtime/lib/server/libjvm.so
  copy "$root" "$(command -v ip)" /sbin/ip
  copy "$root" "$(command -v tc)" /sbin/tc
  libbpf="$(ldconfig -p | awk '$1 == "libbpf.so.1" && !found++ {print $NF}')"
  copy "$root" "$libbpf" "$libbpf"
  install -m 755 "$(command -v busybox)" "$root/bin/busybox"
  for applet in $(busybox --list); do
    [[ -e "$root/bin/$applet" || -e "$root/sbin/$applet" ]] || ln -s busybox "$root/bin/$applet"
  done
  printf 'root:x:0:0:root:/:/bin/sh\n' >"$root/etc/passwd"
  file_system "$root" "$1/system.ext2"
  rm -r "$root"
}

make_tests() {
  local root="$OUT/tests" classpath="" entry count=100
  rm -rf "$root" "$OUT/tests.ext2"
  mkdir -p "$root"
  while read -r entry; do
    count=$((count + 1))
    if [[ -d "$entry" ]]; then
      cp -r "$entry" "$root/$count"
      classpath+=":/tests/$count"
    elif [[ -e "$entry" ]]; then
      cp "$entry" "$root/$count-$(basename "$entry")"
      classpath+=":/tests/$count-$(basename "$entry")"
    fi
  done < <(printf '%s\n' node-daemon/target/test-classes node-daemon/target/classes && tr ':' '\n' <node-daemon/target/test.classpath)
  install -m 755 "$KERNELS/guest.sh" "$root/guest.sh"
  printf -- '-cp %s\n' "${classpath#:}" >"$root/java.options"
  file_system "$root" "$OUT/tests.ext2"
  rm -r "$root"
}

cd "$KERNELS/../.."
mkdir -p "$OUT"
key="$(input_hash "$KERNELS/image.sh" "$LIB/image.sh" "$JAVA_HOME/release" "$(readlink -f "$(command -v ip)")" \
  "$(readlink -f "$(command -v busybox)")" | cut -c1-12)"
build_once "$STORE/system-$key" make_system
make_tests
echo "$STORE/system-$key/system.ext2"
