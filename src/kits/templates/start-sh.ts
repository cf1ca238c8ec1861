/** startup/start.sh: starts the supervisor in the background, or the program in the foreground. */
export const START_SH = `#!/usr/bin/env bash
# Starts this kit.
#
#   ./start.sh            in the background: restarted when it fails, ended by ./stop_fl.sh
#   ./start.sh --once     in the foreground: ends with the program, or with Ctrl-C; for service managers
#   ./start.sh --verify   checks the signed files first; may stand before --once
#
# Log files are in the workspace: the kit's folder, or $NVFL_WORKSPACE.
set -u
here=$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd -P) || exit 1

once=
verify=
for option in "$@"; do
  case $option in
    --once) once=yes ;;
    --verify) verify=yes ;;
    -h | --help)
      sed -n '2,8s/^# \\{0,1\\}//p' "\${BASH_SOURCE[0]}"
      exit 0
      ;;
    --cloud)
      echo 'This kit does not create cloud machines: copy it to one and run start.sh there.' >&2
      exit 2
      ;;
    *)
      echo "unknown option $option; see --help" >&2
      exit 2
      ;;
  esac
done

if [ -n "$verify" ]; then "$here/verify.sh" || exit 1; fi
if [ -n "$once" ]; then exec "$here/sub_start.sh" --once; fi

# shellcheck source=/dev/null
. "$here/processes.sh"
workspace=$(workspace_of "$(dirname "$here")") || exit 1
if pid=$(keeper_pid "$workspace"); then
  echo "already running (pid $pid)"
  exit 0
fi
case $workspace in
  *[[:space:]]*) echo "NVFLARE splits the command of a job at spaces, and the path of this folder contains one: jobs may fail. Set NVFL_WORKSPACE to another folder." >&2 ;;
esac
nohup "$here/sub_start.sh" </dev/null >"$workspace/keeper.log" 2>&1 &
echo "started (pid $!); log: $workspace/log.txt, trouble at start: $workspace/console.log"
`;
