# Writes container images without a container engine. Sourced, never run.
# shellcheck shell=bash

# image_archive OUT NAME ROOT ENTRYPOINT CMD: packs the folder ROOT as an image of one layer in the docker-archive
# format; ENTRYPOINT and CMD are JSON lists. The same input gives the same bytes.
image_archive() {
  local out="$1" name="$2" root="$3" entrypoint="$4" cmd="$5" work layer config
  local same=(--sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=ustar)
  work="$(mktemp -d)"
  tar -C "$root" "${same[@]}" -cf "$work/layer.tar" .
  layer="$(sha256sum "$work/layer.tar" | cut -d' ' -f1)"
  cat >"$work/config.json" <<JSON
{"architecture": "$(go env GOARCH)", "os": "linux",
 "config": {"Entrypoint": $entrypoint, "Cmd": $cmd, "WorkingDir": "/",
  "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]},
 "rootfs": {"type": "layers", "diff_ids": ["sha256:$layer"]},
 "history": [{"created": "1970-01-01T00:00:00Z", "created_by": "heddle"}]}
JSON
  config="$(sha256sum "$work/config.json" | cut -d' ' -f1)"
  mv "$work/config.json" "$work/$config.json"
  mv "$work/layer.tar" "$work/$layer.tar"
  printf '[{"Config": "%s.json", "RepoTags": ["%s"], "Layers": ["%s.tar"]}]\n' "$config" "$name" "$layer" >"$work/manifest.json"
  tar -C "$work" "${same[@]}" -cf "$out" manifest.json "$config.json" "$layer.tar"
  rm -r "$work"
}
