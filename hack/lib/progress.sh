# Progress for people: every line carries the seconds since the outermost script began. Sourced, never run.
# shellcheck shell=bash
export HEDDLE_STARTED="${HEDDLE_STARTED:-$EPOCHREALTIME}"

# step TEXT...: says what is being done now.
step() {
  local micros=$((${EPOCHREALTIME/./} - ${HEDDLE_STARTED/./}))
  printf '[%4d.%ds] %s\n' $((micros / 1000000)) $((micros % 1000000 / 100000)) "$*"
}

# fail TEXT...: one clear sentence, then the end.
fail() {
  echo "heddle: $*" >&2
  exit 1
}

# help_of FILE: the comment at the head of a script is its help text.
help_of() {
  sed -n '2,/^[^#]/ { s/^# \{0,1\}//p; }' "$1"
}

# no_arguments FILE ARGUMENT...: for scripts that know only --help.
no_arguments() {
  local file="$1"
  shift
  case "${1:-}" in
    "") ;;
    -h | --help)
      help_of "$file"
      exit 0
      ;;
    *) fail "${file##*/} takes no argument '$1'; see --help" ;;
  esac
}
