# What the scripts of the kernels layer share: which kernels, and where things are kept. Sourced, never run.
# shellcheck shell=bash disable=SC2034
KERNELS="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
LIB="$KERNELS/../../hack/lib"
# shellcheck source=../../hack/lib/progress.sh
source "$LIB/progress.sh"
# shellcheck source=../../hack/lib/cache.sh
source "$LIB/cache.sh"
PATH="$PATH:/usr/sbin:/sbin"

# Each kernel by its name here: the suite of Debian that has it. Oldest first; the last one is the newest there is.
kernels=(5.10 6.1 6.12 newest)
declare -A suite=([5.10]=bullseye-security [6.1]=bookworm-security [6.12]=trixie-security [newest]=trixie-backports)

# What is run on each: classes of package dev.heddle.node.netns. Each loads all programs. Kernels before 6.6 have no tcx. Associations
# take an emulated machine up to a minute, so only the oldest and the newest have them.
declare -A tests=([5.10]="SctpTest SocketCallTest ClsactTest" [6.1]="SocketCallTest ClsactTest" [6.12]="SocketCallTest"
  [newest]="SctpTest SocketCallTest")

# Built things. A kernel is taken once; delete its folder to have a newer one of the same suite.
STORE="$HEDDLE_CACHE/kernels"
OUT="$KERNELS/target"

# kernel_folder KERNEL: where its vmlinuz and modules are.
kernel_folder() {
  echo "$STORE/${suite[$1]}-$(input_hash "$KERNELS/fetch.sh" | cut -c1-8)"
}
