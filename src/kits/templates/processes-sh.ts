/**
 * startup/processes.sh: shared by sub_start.sh and stop_fl.sh: locates the workspace, finds the processes that run in
 * it and stops them. Processes are identified by their command line, so that a PID reused by another program is not
 * mistaken for one of the kit's.
 */
export const PROCESSES_SH = `#!/usr/bin/env bash
# Read by the other scripts of this folder; does nothing by itself.

say() { printf '%s %s\\n' "$(date '+%Y-%m-%d %H:%M:%S')" "$*"; }

# Prints the workspace: $NVFL_WORKSPACE, or the kit itself.
workspace_of() {
  local kit=$1 workspace=\${NVFL_WORKSPACE-$1}
  if [ -z "$workspace" ] || [ "$workspace" = / ]; then
    echo 'NVFL_WORKSPACE must be a folder other than /' >&2
    return 1
  fi
  if [ "$workspace" != "$kit" ]; then mkdir -p "$workspace" || return 1; fi
  (cd "$workspace" && pwd -P)
}

command_line() {
  if [ -r "/proc/$1/cmdline" ]; then
    tr '\\0' ' ' <"/proc/$1/cmdline"
  else
    ps -o args= -p "$1" 2>/dev/null
  fi
}

is_ended() {
  if [ -r "/proc/$1/stat" ]; then
    case $(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null) in
      Z* | '') return 0 ;;
    esac
  fi
  ! kill -0 "$1" 2>/dev/null
}

# Prints the pid that file $1 holds if that process lives and its command line holds $2; fails otherwise.
live_pid() {
  local pid
  pid=$(cat "$1" 2>/dev/null) || return 1
  case $pid in
    '' | *[!0-9]*) return 1 ;;
  esac
  is_ended "$pid" && return 1
  case $(command_line "$pid") in
    *"$2"*) echo "$pid" ;;
    *) return 1 ;;
  esac
}

keeper_pid() { live_pid "$1/daemon_pid.fl" sub_start.sh; }
program_pid() { live_pid "$1/pid.fl" nvflare.private.fed.app; }

children_of() {
  cat /proc/"$1"/task/*/children 2>/dev/null || pgrep -P "$1" 2>/dev/null
}

# Prints all processes below $1, jobs included.
descendants_of() {
  local child
  for child in $(children_of "$1"); do
    echo "$child"
    descendants_of "$child"
  done
}

# Waits until the processes have ended; $1 seconds at most.
wait_ended() {
  local ticks=$(($1 * 5)) pid running
  shift
  while :; do
    running=
    for pid in "$@"; do is_ended "$pid" || running=yes; done
    [ -z "$running" ] && return 0
    [ "$ticks" -le 0 ] && return 1
    ticks=$((ticks - 1))
    sleep 0.2
  done
}

# Ends the program $1 and all that it started: asks first, then kills.
end_program() {
  local below=() pid
  while read -r pid; do below+=("$pid"); done < <(descendants_of "$1")
  kill -TERM "$1" 2>/dev/null
  wait_ended "\${END_SECONDS:-10}" "$1" || kill -KILL "$1" 2>/dev/null
  [ "\${#below[@]}" -eq 0 ] && return 0
  wait_ended 2 "\${below[@]}" && return 0
  kill -TERM "\${below[@]}" 2>/dev/null
  wait_ended 3 "\${below[@]}" && return 0
  kill -KILL "\${below[@]}" 2>/dev/null
  return 0
}
`;
