#!/usr/bin/env bash
# Installs what building and running Heddle needs and this machine lacks, with apt. JDK 25, Go 1.26 and Maven are
# looked for wherever they are usually installed; what apt cannot install is named. Takes no time when all is there.
set -euo pipefail
here="$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=lib/progress.sh
source "$here/lib/progress.sh"
no_arguments "${BASH_SOURCE[0]}" "$@"
PATH="$PATH:/usr/sbin:/sbin"

# What is looked for (a command or a file), the package that has it, and what it is for.
needs="\
clang-19                          clang-19        the kernel programs
clang-format-19                   clang-format-19 their style
llvm-strip-19                     llvm-19         the kernel programs
/usr/include/bpf/bpf_helpers.h    libbpf-dev      the kernel programs
/usr/include/linux/bpf.h          linux-libc-dev  the kernel programs
bpftool                           bpftool         generated layouts
musl-gcc                          musl-tools      the CNI plugin
shellcheck                        shellcheck      the style of scripts
ip                                iproute2        tests with network namespaces and the local cluster
nsenter                           util-linux      the local cluster
sysctl                            procps          the local cluster
openssl                           openssl         the local cluster's certificates
containerd                        containerd      the local cluster
runc                              runc            the local cluster
busybox                           busybox-static  the local cluster's images
nft                               nftables        tests beside kube-proxy
iptables                          iptables        tests beside kube-proxy
qemu-system-x86_64                qemu-system-x86 tests on other kernels
mke2fs                            e2fsprogs       tests on other kernels
mvn                               maven           the build"

missing=()
while read -r what package why; do
  if [[ "$what" == /* ]]; then
    [[ -e "$what" ]] || missing+=("$package:$why")
  else
    command -v "$what" >/dev/null || missing+=("$package:$why")
  fi
done <<<"$needs"

# finds SCRIPT: whether a library that looks for a tool chain finds it.
finds() {
  # shellcheck disable=SC1090
  (source "$1") >/dev/null 2>&1
}

# available PACKAGE: whether apt could install it.
available() {
  apt-cache show "$1" >/dev/null 2>&1
}

install() { # PACKAGE...
  command -v apt-get >/dev/null || fail "these are missing, and this system has no apt-get to install them: $*"
  [[ $EUID -eq 0 ]] || fail "these packages are missing; run this as root, or install them: $*"
  step "installing $*"
  local log
  log="$(mktemp)"
  available "$1" || apt-get update -qq >"$log" 2>&1 || true
  # RUNLEVEL=1: packages start no service; the local cluster runs a containerd of its own for each node.
  DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "$@" >"$log" 2>&1 ||
    fail "apt-get could not install $*: $(tail -n 3 "$log")"
  rm "$log"
}

if ((${#missing[@]})); then
  for need in "${missing[@]}"; do
    step "missing for ${need#*:}: ${need%%:*}"
  done
  install "${missing[@]%%:*}"
fi
if ! finds "$here/lib/jdk.sh" && available openjdk-25-jdk-headless; then
  install openjdk-25-jdk-headless
fi
if ! finds "$here/lib/go.sh" && available golang-1.26-go; then
  install golang-1.26-go
fi
# shellcheck source=lib/jdk.sh
source "$here/lib/jdk.sh"
# shellcheck source=lib/go.sh
source "$here/lib/go.sh"
