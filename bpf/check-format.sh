#!/bin/sh
# Fails when a C file, the CNI plugin's too, differs from what clang-format makes of it; with --fix, formats.
set -eu
cd "$(dirname "$0")"
for tool in clang-format-19 clang-format; do
  command -v "$tool" >/dev/null 2>&1 && break
  tool=
done
if [ -z "$tool" ]; then
  echo "bpf: clang-format 19 is missing: install the package clang-format-19." >&2
  exit 1
fi
if [ "${1-}" = --fix ]; then mode=-i; else mode='--dry-run --Werror'; fi
# shellcheck disable=SC2086 # two words on purpose
find src ../node-daemon/src/cni -name '*.[ch]' -exec "$tool" --style=file $mode {} +
