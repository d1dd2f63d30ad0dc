#!/usr/bin/env bash
# run.sh [--kernel KERNEL]... [CLASS]...: boots Debian's kernels under QEMU, as many at a time as there are processors, and
# runs tests of the node daemon on each: those that settings.sh names, or the classes of package dev.heddle.node.netns that
# are given here; of a class, what has the tag "kernels".
# Maven must have compiled them: hack/test.sh --layer kernels does both.
#
#   --kernel KERNEL  only this one: 5.10, 6.1, 6.12 or newest; may be repeated
#
# Reports are in target/surefire-reports/kernels, all that a machine printed is in target/KERNEL.log.
set -euo pipefail
# shellcheck source=settings.sh
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

chosen=()
while [[ "${1:-}" == --kernel ]]; do
  chosen+=("${2:-}")
  shift 2
done
[[ "${1:-}" != -* ]] || no_arguments "${BASH_SOURCE[0]}" "$@"
((${#chosen[@]})) || chosen=("${kernels[@]}")
given="$*"

# Seconds that one kernel may take, and MiB of this machine's memory.
BUDGET=900
MEMORY=1536

# A hypervisor without hardware below it emulates: slower, and the same answers.
accelerator() {
  if [[ -w /dev/kvm ]] && grep -qE '^flags.* (vmx|svm)' /proc/cpuinfo; then
    echo kvm
  else
    echo tcg
  fi
}

# boot KERNEL: runs a machine to its end. It does not check its timer: emulated on a busy machine, that may come too late.
boot() {
  local folder first classes="${given:-${tests[$1]}}"
  folder="$(kernel_folder "$1")"
  first="$(mktemp -d "$OUT/$1.XXXXXX")"
  mkdir "$first/bin"
  cp -r "$folder/modules" "$KERNELS/init" "$first/"
  cp "$(command -v busybox)" "$first/bin/"
  (cd "$first" && find . | busybox cpio -o -H newc) >"$OUT/$1.cpio" 2>/dev/null
  rm -r "$first"
  timeout --foreground --kill-after=5 "$BUDGET" qemu-system-x86_64 -accel "$accelerator" -cpu max -smp 1 -m "$MEMORY" -nodefaults -no-reboot \
    -display none -serial "file:$OUT/$1.log" -kernel "$folder/vmlinuz" -initrd "$OUT/$1.cpio" \
    -drive "file=$system,format=raw,if=virtio,readonly=on" -drive "file=$OUT/tests.ext2,format=raw,if=virtio,readonly=on" \
    -append "console=ttyS0 quiet panic=-1 no_timer_check heddle.classes=${classes// /,}" </dev/null ||
    echo "heddle: the machine ended with $?, after at most $BUDGET s" >>"$OUT/$1.log"
  rm "$OUT/$1.cpio"
}

# report KERNEL: what the machine said of each test, as surefire writes it. A machine that ended early has failed.
report() {
  tr -d '\r' <"$OUT/$1.log" | awk -v kernel="$1" '
    $1 == "heddle:" && ($2 == "pass" || $2 == "fail") {
      tests++
      line = sprintf("  <testcase classname=\"%s on Linux %s\" name=\"%s\" time=\"%.3f\"", $3, kernel, $4, $5 / 1000)
      if ($2 == "fail") { failures++; line = line "><failure/></testcase>" } else line = line "/>"
      cases = cases line "\n"
    }
    $1 == "heddle:" && $2 == "ended" { ended = $4 == 0 || failures }
    END {
      if (!ended || !tests) { tests++; failures++; cases = cases "  <testcase classname=\"Linux " kernel "\" name=\"ends\"><failure/></testcase>\n" }
      printf "<testsuite name=\"kernels\" tests=\"%d\" errors=\"0\" skipped=\"0\" failures=\"%d\">\n%s</testsuite>\n", tests, failures, cases
      exit failures > 0
    }' >"$OUT/surefire-reports/kernels/TEST-kernel-$1.xml"
}

accelerator="$(accelerator)"
"$KERNELS/fetch.sh" "${chosen[@]}"
step "making the machines' file systems"
system="$("$KERNELS/image.sh" | tail -n 1)"
rm -rf "$OUT/surefire-reports"
mkdir -p "$OUT/surefire-reports/kernels"
failed=0
at_once="$(nproc)"
declare -A machines
for kernel in "${chosen[@]}"; do
  while (($(jobs -rp | wc -l) >= at_once)); do
    wait -n
  done
  step "booting Linux $kernel ($accelerator)"
  boot "$kernel" &
  machines[$kernel]=$!
done
for kernel in "${chosen[@]}"; do
  wait "${machines[$kernel]}"
  if report "$kernel"; then
    grep -a '^heddle: ' "$OUT/$kernel.log"
  else
    failed=1
    tail -n 100 "$OUT/$kernel.log"
  fi
done
exit "$failed"
