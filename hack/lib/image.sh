# Writes container images without a container engine. Sourced, never run.
# shellcheck shell=bash

# Every file of an image carries this time: archives are reproducible, and the JVM's AOT cache, which knows its
# jars by their times, stays valid.
HEDDLE_IMAGE_TIME='2026-01-01T00:00:00Z'

# image_library ROOT FILE...: copies programs' and libraries' shared libraries to where they are looked for.
image_libraries() {
  local root=$1 library
  shift
  {
    ldd "$@" 2>/dev/null | awk '$2 == "=>" && $3 ~ /^\// {print $3} $1 ~ /^\/.*ld-linux/ {print $1}'
    printf '%s\n' "$@" | grep '\.so' || true
  } | sort -u | while read -r library; do
    case $library in
      "$root"/*) continue ;; # The runtime's own libraries find each other.
      *ld-linux*) install -D -m 755 "$(readlink -f "$library")" "$root/lib64/$(basename "$library")" ;;
      *) install -D -m 755 "$(readlink -f "$library")" "$root/lib/$(basename "$(dirname "$library")")/$(basename "$library")" ;;
    esac
  done
}

# image_layer TAR ROOT PATH...: one reproducible layer with these paths below ROOT.
image_layer() {
  local tar=$1 root=$2
  shift 2
  tar --create --file "$tar" --directory "$root" --sort=name --format=gnu \
    --mtime="$HEDDLE_IMAGE_TIME" --owner=0 --group=0 --numeric-owner "$@"
}

# image_archive OUT NAME USER ENTRYPOINT_JSON LAYER...: a docker-archive that containerd and others import.
image_archive() {
  local out=$1 name=$2 user=$3 entrypoint=$4 work digest config layer
  local -a diffs=() paths=()
  shift 4
  work=$(mktemp -d)
  for layer in "$@"; do
    digest=$(sha256sum "$layer" | cut -d' ' -f1)
    mkdir -p "$work/$digest"
    ln "$layer" "$work/$digest/layer.tar" 2>/dev/null || cp "$layer" "$work/$digest/layer.tar"
    diffs+=("\"sha256:$digest\"")
    paths+=("\"$digest/layer.tar\"")
  done
  config=$(
    IFS=,
    printf '{"architecture":"%s","os":"linux","created":"%s","config":{"User":"%s","WorkingDir":"/","Entrypoint":%s,"Env":["PATH=/runtime/bin:/bin","LANG=C.UTF-8"]},"rootfs":{"type":"layers","diff_ids":[%s]}}' \
      "$(image_architecture)" "$HEDDLE_IMAGE_TIME" "$user" "$entrypoint" "${diffs[*]}"
  )
  digest=$(printf '%s' "$config" | sha256sum | cut -d' ' -f1)
  printf '%s' "$config" >"$work/$digest.json"
  (
    IFS=,
    printf '[{"Config":"%s.json","RepoTags":["%s"],"Layers":[%s]}]' "$digest" "$name" "${paths[*]}"
  ) >"$work/manifest.json"
  tar --create --file "$out.new" --directory "$work" --sort=name --format=gnu \
    --mtime="$HEDDLE_IMAGE_TIME" --owner=0 --group=0 --numeric-owner .
  mv "$out.new" "$out"
  rm -rf "$work"
}

image_architecture() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) uname -m ;;
  esac
}
