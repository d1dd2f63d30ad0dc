#!/bin/sh
# Builds the static plugin binary: build.sh OUTPUT. Same sources and compiler, same bytes.
set -eu
mkdir -p "$(dirname "$1")"
out=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")"
for cc in musl-gcc gcc; do
  command -v "$cc" >/dev/null 2>&1 && break
  cc=
done
if [ -z "$cc" ]; then
  echo "heddle-cni: no C compiler for the CNI plugin: install the package musl-tools (or gcc with libc6-dev)." >&2
  exit 1
fi
"$cc" -std=gnu11 -O2 -static -s -fstack-protector-strong -D_FORTIFY_SOURCE=2 -D_GNU_SOURCE \
  -Wall -Wextra -Werror -Wconversion -Wshadow -ffile-prefix-map="$PWD"=. \
  -Wl,--gc-sections -Wl,-z,noexecstack -Wl,--build-id=none -o "$out.new" main.c exchange.c json.c
mv "$out.new" "$out"
