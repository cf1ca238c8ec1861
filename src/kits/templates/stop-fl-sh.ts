/** startup/stop_fl.sh: stops the supervisor and the program, and waits until both have exited. */
export const STOP_FL_SH = `#!/usr/bin/env bash
# Ends what start.sh began, running jobs included. -y: without asking.
set -u
here=$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd -P) || exit 1
# shellcheck source=/dev/null
. "$here/processes.sh"
workspace=$(workspace_of "$(dirname "$here")") || exit 1

if [ "\${1-}" != -y ] && [ "\${1-}" != --yes ]; then
  echo "The usual way is the console's shutdown command, which lets jobs end in order."
  printf 'End it here and now? [y/N] '
  answer=
  read -r -n 1 answer || true
  echo
  case $answer in
    [yY]) ;;
    *)
      echo 'nothing was ended'
      exit 0
      ;;
  esac
fi

keeper=$(keeper_pid "$workspace") || keeper=
program=$(program_pid "$workspace") || program=
if [ -z "$keeper$program" ]; then
  echo 'nothing is running'
  exit 0
fi
if [ -n "$keeper" ]; then
  echo now >"$workspace/shutdown.fl"
  # A keeper of --once does not look at the file; its signal ends it just as well.
  wait_ended 3 "$keeper" || kill -TERM "$keeper" 2>/dev/null
  wait_ended 30 "$keeper" || kill -KILL "$keeper" 2>/dev/null
fi
if program=$(program_pid "$workspace"); then end_program "$program"; fi
if keeper_pid "$workspace" >/dev/null || program_pid "$workspace" >/dev/null; then
  echo 'some process could not be ended' >&2
  exit 1
fi
rm -f "$workspace/pid.fl" "$workspace/shutdown.fl" "$workspace/restart.fl" "$workspace/daemon_pid.fl"
echo 'stopped'
`;
