#!/usr/bin/env bash
# fetch.sh KERNEL...: takes Debian's kernels into the cache: packages are downloaded and unpacked, never installed. The
# mirror is the one that this machine's own apt uses. A kernel that is there already takes no time.
set -euo pipefail
# shellcheck source=settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

# What the tests need beyond what Debian's kernels have built in.
modules=(virtio_pci virtio_blk veth bridge sch_ingress cls_bpf tcp_diag udp_diag sctp)

# mirror SUITE: where this machine gets packages of the same kind of suite.
mirror() {
  local kind=main uri release
  [[ "$1" != *-security ]] || kind=security
  # shellcheck disable=SC2016 # apt expands it
  while read -r uri release; do
    case "$kind $release" in
      main\ *-*) ;;
      main\ * | security\ *-security) echo "$uri" && return ;;
    esac
  done <<<"$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages')"
  fail "apt on this machine has no Debian $kind archive to take kernels from"
}

# sources SUITE: what apt is to know, and nothing else.
sources() {
  printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
    "$(mirror "$1")" "$1" /usr/share/keyrings/debian-archive-keyring.gpg
}

# closure APT_OPTION... -- PACKAGE: the packages that a kernel's meta package is made of.
closure() {
  local options=()
  while [[ "$1" != -- ]]; do
    options+=("$1")
    shift
  done
  apt-cache "${options[@]}" depends --recurse --important --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces \
    --no-enhances "$2" | grep -E '^linux-(image|modules|binary)-[0-9]' | sort -u
}

# needed FOLDER MODULE: the module's file after those of all modules that it needs and the kernel has not built in.
needed() {
  local file before
  file="$(find "$1" -name "${2//[-_]/[-_]}.ko" -print -quit)"
  [[ -n "$file" ]] || return 0 # built in
  for before in $(tr '\0' '\n' <"$file" | grep -a -m 1 '^depends=' | cut -d= -f2 | tr , ' '); do
    needed "$1" "$before"
  done
  echo "$file"
}

take() { # FOLDER; the kernel is $kernel
  local work="$1/work" packages options module file count=100
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/root"
  sources "${suite[$kernel]}" >"$work/debian.sources"
  options=(-o Dir::Etc::SourceParts=/dev/null -o "Dir::Etc::SourceList=$work/debian.sources" -o "Dir::State::Lists=$work/lists"
    -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root)
  step "taking Linux $kernel from Debian's ${suite[$kernel]}"
  apt-get "${options[@]}" -qq update || fail "the mirror of this machine does not have ${suite[$kernel]}"
  packages="$(closure "${options[@]}" -- linux-image-cloud-amd64)"
  # shellcheck disable=SC2086 # a list of names
  (cd "$work" && apt-get "${options[@]}" -qq download $packages)
  for file in "$work"/*.deb; do
    dpkg-deb -x "$file" "$work/root"
  done
  cp "$(find "$work/root" -name 'vmlinuz*' -type f -print -quit)" "$1/vmlinuz"
  find "$work/root" -name '*.ko.xz' -exec busybox unxz {} +
  mkdir "$1/modules"
  for module in "${modules[@]}"; do
    needed "$work/root" "$module"
  done | awk '!seen[$0]++' | while read -r file; do
    cp "$file" "$1/modules/$((count++))-$(basename "$file")" # the name says the order
  done
  rm -r "$work"
}

for kernel in "$@"; do
  [[ -n "${suite[$kernel]:-}" ]] || fail "there is no kernel '$kernel'; the kernels are: ${kernels[*]}"
  build_once "$(kernel_folder "$kernel")" take
done
