# Where built things are kept between clones: outside the checkout, keyed by a hash of what they are made from.
# Sourced, never run.
# shellcheck shell=bash
HEDDLE_CACHE="${HEDDLE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/heddle}"
export HEDDLE_CACHE

# input_hash FILE|FOLDER...: 16 hex digits over the names and contents of the inputs.
input_hash() {
  local input
  for input in "$@"; do
    (cd "$(dirname "$input")" && find "$(basename "$input")" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
  done | sha256sum | cut -c1-16
}

# build_once FOLDER FUNCTION: lets FUNCTION fill FOLDER unless that was done before. FOLDER appears whole or not at all.
build_once() {
  local folder="$1" function="$2"
  [[ -e "$folder" ]] && return
  mkdir -p "$(dirname "$folder")"
  local unfinished
  unfinished="$(mktemp -d "$folder.XXXXXX")"
  chmod 755 "$unfinished"
  "$function" "$unfinished"
  mv -T "$unfinished" "$folder"
}
