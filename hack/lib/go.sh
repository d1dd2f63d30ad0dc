# Puts a Go of at least 1.26 on the PATH, wherever one is usually installed. Sourced, never run.
# shellcheck shell=bash
heddle_find_go() {
  local go version
  for go in "$(command -v go || true)" /usr/local/go/bin/go /usr/lib/go-*/bin/go "$HOME"/go/bin/go "$HOME"/sdk/go*/bin/go /snap/bin/go; do
    [[ -x "$go" ]] || continue
    version="$("$go" env GOVERSION 2>/dev/null)"
    [[ "$version" =~ ^go1\.([0-9]+) ]] && ((BASH_REMATCH[1] >= 26)) && printf '%s\n' "$(dirname "$go")" && return
  done
  return 1
}

if ! HEDDLE_GO="$(heddle_find_go)"; then
  echo "heddle: no Go 1.26 or newer found on the PATH or under /usr/local/go, /usr/lib/go-* or ~/sdk. Install one from https://go.dev/dl/." >&2
  exit 1
fi
export PATH="$HEDDLE_GO:$PATH"
