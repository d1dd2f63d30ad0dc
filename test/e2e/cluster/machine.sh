# A machine of the cluster (the control plane or a node) is one network namespace, heddle-NAME, and one process whose
# death ends every process in it. Sourced, never run.
# shellcheck shell=bash

# machine_start NAME COMMAND...: runs COMMAND as process 1 of the machine NAME.
machine_start() {
  local name="$1"
  shift
  mkdir -p "$PROCESSES" "$RUN/log"
  # `ip netns exec` would hide the cgroup hierarchies, so the namespace is entered by hand.
  # shellcheck disable=SC2154 # the lock of lifecycle.sh must not outlive the script that took it
  setsid nsenter --net="/run/netns/heddle-$name" \
    unshare --mount --uts --pid --fork --kill-child --mount-proc "$@" \
    >"$RUN/log/$name.log" 2>&1 </dev/null {lock}<&- &
  echo "$! $(started_at $!)" >"$PROCESSES/$name"
}

# machine_stop NAME: ends it by its recorded process and waits until that is gone.
machine_stop() {
  local pid
  if pid="$(machine_pid "$1")"; then
    kill -KILL "$pid" 2>/dev/null || true
    for _ in {1..100}; do
      machine_pid "$1" >/dev/null || break
      sleep 0.05
    done
  fi
  rm -f "$PROCESSES/$1"
}

# machine_pid NAME: the recorded process, if it is still that process and no zombie (which would answer kill -0).
machine_pid() {
  local pid started
  read -r pid started 2>/dev/null <"$PROCESSES/$1" || return 1
  [[ "$(started_at "$pid")" == "$started" ]] || return 1
  grep -qs '^State:.[^ZX]' "/proc/$pid/status" || return 1
  echo "$pid"
}

# machines_run NAME...: whether all of them do.
machines_run() {
  local name
  for name in "$@"; do
    machine_pid "$name" >/dev/null || return 1
  done
}

# machine_init NAME: the process that is number 1 inside the machine; /proc/PID/root is its file system.
machine_init() {
  local pid child
  pid="$(machine_pid "$1")" || return 1
  read -r child _ <"/proc/$pid/task/$pid/children" || true # the file has no end of line
  [[ -n "$child" ]] && echo "$child"
}

# started_at PID: its start time, which tells it from a later process of the same number.
started_at() {
  local stat
  stat="$(cat "/proc/$1/stat" 2>/dev/null)" || return 0
  cut -d' ' -f20 <<<"${stat##*) }"
}
