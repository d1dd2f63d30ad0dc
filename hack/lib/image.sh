# Writes container images without a container engine. Sourced, never run.
# shellcheck shell=bash

# Every file of an image carries this time. Archives are reproducible by it, and the JVM's AOT cache, which knows its
# jars and its runtime by their times, stays valid in the image.
HEDDLE_IMAGE_TIME='2026-01-01T00:00:00Z'

# image_libraries ROOT FILE...: copies the shared libraries that these programs and libraries need from this machine
# into ROOT, to the paths where the loader looks for them.
image_libraries() {
  local root=$1 library
  shift
  ldd "$@" 2>/dev/null | awk '$2 == "=>" && $3 ~ /^\// {print $3} $1 ~ /^\/.*\/ld-/ {print $1}' | sort -u |
    while read -r library; do
      case $library in
        "$root"/*) ;; # it is there already
        *) install -D -m 755 "$(readlink -f "$library")" "$root$library" ;;
      esac
    done
}

# image_freeze ROOT: gives every file its time in the image, before something looks at times.
image_freeze() { find "$1" -exec touch --no-dereference --date="$HEDDLE_IMAGE_TIME" {} +; }

# image_tar OUT FOLDER ARGUMENT...: a reproducible archive.
image_tar() {
  local out=$1 folder=$2
  shift 2
  tar --create --file "$out" --directory "$folder" --sort=name --format=gnu --mtime="$HEDDLE_IMAGE_TIME" \
    --owner=0 --group=0 --numeric-owner "$@"
}

# image_archive OUT NAME USER ENTRYPOINT_JSON LAYER...: a docker-archive, which containerd and others import.
image_archive() {
  local out=$1 name=$2 user=$3 entrypoint=$4 work digest layer config
  local -a diffs=() files=()
  shift 4
  work=$(mktemp -d "$out.XXXXXX")
  for layer in "$@"; do
    digest=$(sha256sum "$layer" | cut -d' ' -f1)
    ln "$layer" "$work/$digest.tar"
    diffs+=("\"sha256:$digest\"")
    files+=("\"$digest.tar\"")
  done
  printf '{"architecture":"%s","os":"linux","created":"%s","config":{"User":"%s","WorkingDir":"/","Entrypoint":%s,"Env":["PATH=/runtime/bin:/bin","LANG=C.UTF-8"]},"rootfs":{"type":"layers","diff_ids":[%s]}}' \
    "$(image_architecture)" "$HEDDLE_IMAGE_TIME" "$user" "$entrypoint" "$(commas "${diffs[@]}")" >"$work/config"
  config=$(sha256sum "$work/config" | cut -d' ' -f1).json
  mv "$work/config" "$work/$config"
  printf '[{"Config":"%s","RepoTags":["%s"],"Layers":[%s]}]' "$config" "$name" "$(commas "${files[@]}")" >"$work/manifest.json"
  (cd "$work" && image_tar "$out.new" . -- *)
  mv "$out.new" "$out"
  rm -r "$work"
}

commas() {
  local IFS=,
  printf '%s' "$*"
}

image_architecture() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) uname -m ;;
  esac
}
