#!/usr/bin/env bash
# Fails when the committed Java layouts differ from the BTF of the sources; with --fix, writes them.
set -euo pipefail
cd "$(dirname "$0")"
committed=../node-daemon/src/main/java/dev/heddle/node/ffm/layout
# shellcheck source=hack/lib/jdk.sh
. ../hack/lib/jdk.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
./compile.sh "$work"
"$JAVA_HOME/bin/java" src/layout/LayoutGenerator.java "$work/layout/shared_types.bpf.o" "$work/java"
if [ "${1-}" = --fix ]; then
  mkdir -p "$committed"
  find "$committed" -name '*.java' ! -name package-info.java -delete
  cp "$work"/java/*.java "$committed"
  exit 0
fi
if ! diff -r -x package-info.java "$work/java" "$committed"; then
  echo "bpf: the Java layouts are not those of bpf/src: run bpf/check-layouts.sh --fix and commit." >&2
  exit 1
fi
