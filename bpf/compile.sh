#!/bin/sh
# Compiles src/*.bpf.c to OUTPUT/dev/heddle/bpf/*.bpf.o, what ships, and src/layout, src/bench and src/testing beside it.
# Does nothing when no source changed since the last time.
# Usage: compile.sh TARGET_FOLDER
set -eu
cd "$(dirname "$0")"
target=$1
shipped=$target/classes/dev/heddle/bpf
compiler=clang-19
strip=llvm-strip-19
if ! command -v "$compiler" >/dev/null 2>&1 || ! command -v "$strip" >/dev/null 2>&1; then
  echo "bpf: clang 19 is missing: install the packages clang-19 and llvm-19." >&2
  exit 1
fi
if [ ! -e /usr/include/bpf/bpf_helpers.h ]; then
  echo "bpf: libbpf's headers are missing: install the package libbpf-dev." >&2
  exit 1
fi

# Files of kernel headers that are per machine type, asm/types.h, lie in a folder that clang's bpf target does not know.
machine_headers=/usr/include/$(uname -m)-linux-gnu

# v3 (kernel 5.1) has 32-bit jumps, which the class tables use; DWARF is dropped, BTF stays.
compile() {
  "$compiler" -target bpf -mcpu=v3 -O2 -g -std=gnu11 -Wall -Wextra -Werror \
    -ffile-prefix-map="$PWD=." -idirafter "$machine_headers" -c "$1" -o "$2.part"
  "$strip" -g "$2.part"
  mv "$2.part" "$2"
}

compiled=$target/compiled
if [ -e "$compiled" ] && [ -z "$(find src compile.sh -newer "$compiled" -print | head -n 1)" ]; then
  exit 0
fi
mkdir -p "$shipped" "$target/layout" "$target/bench" "$target/testing"
began=$(mktemp "$target/compiled.XXXXXX") # so that an edit meanwhile counts as newer
for source in src/*.bpf.c; do
  [ -e "$source" ] && compile "$source" "$shipped/$(basename "$source" .c).o"
done
for folder in layout bench testing; do
  for source in "src/$folder"/*.bpf.c; do
    [ -e "$source" ] && compile "$source" "$target/$folder/$(basename "$source" .c).o"
  done
done
mv "$began" "$compiled"
