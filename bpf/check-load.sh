#!/bin/sh
# Loads every built object into the running kernel, in a mount namespace of its own, and prints what the verifier
# walked. Nothing stays behind. Usage: check-load.sh [FOLDER_OF_OBJECTS]; needs root and bpftool.
set -eu
cd "$(dirname "$0")"
objects=${1-target/classes/dev/heddle/bpf}
if [ "${HEDDLE_OWN_MOUNTS-}" != yes ]; then
  HEDDLE_OWN_MOUNTS=yes exec unshare --mount "./$(basename "$0")" "$objects"
fi
work=$(mktemp -d)
trap 'umount "$work" 2>/dev/null; rm -rf "$work" "$work.log"' EXIT
mount -t bpf bpf "$work"
for object in "$objects"/*.bpf.o; do
  name=$(basename "$object" .bpf.o)
  if ! bpftool -d prog loadall "$object" "$work/$name" >"$work.log" 2>&1; then
    tail -n 40 "$work.log" >&2
    echo "bpf: the kernel refused $name." >&2
    exit 1
  fi
  printf '%-14s %s\n' "$name" "$(grep -o 'processed [0-9]* insns' "$work.log" | tr '\n' ' ')"
done
