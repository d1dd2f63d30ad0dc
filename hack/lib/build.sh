# Builds Heddle and its images, unless nothing changed since the last time. Sourced after progress.sh, never run.
# shellcheck shell=bash
HEDDLE_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
HEDDLE_BUILT="$HEDDLE_ROOT/target/built"

# maven ARGUMENT...: quiet, without progress of downloads, and told about all failures rather than the first.
maven() {
  "$HEDDLE_ROOT/mvnw" -B -Dstyle.color=never -q -ntp --fail-at-end "$@"
}

# sources_changed: whether a source or build file, or a folder of them, is newer than the last build.
sources_changed() {
  [[ -e "$HEDDLE_BUILT" ]] || return 0
  [[ -n "$(cd "$HEDDLE_ROOT" && find . \( -name target -o -name .git -o -path './test/e2e/cluster' \) -prune -o \
    \( -path '*/src*' -o -name pom.xml -o -path './bpf/*' -o -path './config/crd/*' \) -newer "$HEDDLE_BUILT" -print -quit)" ]]
}

# build_archives: every module as far as its archives, without tests.
build_archives() {
  if sources_changed; then
    step "building Heddle"
    local began
    mkdir -p "$HEDDLE_ROOT/target"
    began="$(mktemp "$HEDDLE_ROOT/target/built.XXXXXX")" # so that an edit during the build counts as newer
    maven package -DskipTests || fail "the build failed"
    mv "$began" "$HEDDLE_BUILT"
  else
    step "nothing to build: no source changed since the last build"
  fi
}

# build_heddle: the archives, and the images made of them.
build_heddle() {
  build_archives
  step "packing the images"
  "$HEDDLE_ROOT/hack/images.sh"
}
