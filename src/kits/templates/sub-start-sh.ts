import { dependsOn } from '../../contract/kit-settings.ts';
import type { TargetRelease } from '../../contract/releases.ts';
import { shellWord } from '../../contract/shell-word.ts';

/** The program that sub_start.sh keeps running. */
export interface KeptProgram {
  readonly module: string;
  readonly configuration: string;
  /** `key=value` settings passed after `--set`. */
  readonly settings: readonly string[];
}

/** Settings of a server's program. */
export const serverProgram = (organization: string): KeptProgram => ({
  module: 'nvflare.private.fed.app.server.server_train',
  configuration: 'fed_server.json',
  settings: ['secure_train=true', `org=${organization}`, 'config_folder=config'],
});

/** Settings of a client's program; `name` must be the common name of the client's certificate. */
export const clientProgram = (name: string, organization: string): KeptProgram => ({
  module: 'nvflare.private.fed.app.client.client_train',
  configuration: 'fed_client.json',
  settings: ['secure_train=true', `uid=${name}`, `org=${organization}`, 'config_folder=config'],
});

/** Settings of a relay's program; `name` must be the common name of the relay's certificate. */
export const relayProgram = (name: string, organization: string): KeptProgram => ({
  module: 'nvflare.private.fed.app.relay.relay',
  configuration: 'fed_relay.json',
  settings: ['secure_train=true', `uid=${name}`, `org=${organization}`, 'config_folder=config'],
});

/** Returns the command line of a program in `workspace` (a shell word). */
export const programCommand = (program: KeptProgram, workspace: string): string =>
  [
    `python3 -u -m ${program.module} -m ${workspace} -s ${program.configuration}`,
    `--set ${program.settings.map(shellWord).join(' ')}`,
  ].join(' ');

/** Settings that the script depends on. */
interface SubStartSettings {
  readonly release: TargetRelease;
  /** Whether jemalloc is preloaded where the environment does not say. */
  readonly jemalloc: boolean;
}

const preload = (jemalloc: boolean): string => `
# jemalloc keeps the memory of long jobs smaller; the environment decides before the project.
if [ "\${NVFLARE_ENABLE_JEMALLOC_PRELOAD:-${String(jemalloc)}}" = true ]; then
  jemalloc=
  for library in /usr/lib/*-linux-gnu/libjemalloc.so.2 /usr/lib64/libjemalloc.so.2 /usr/local/lib/libjemalloc.so; do
    if [ -f "$library" ]; then
      jemalloc=$library
      break
    fi
  done
  if [ -n "$jemalloc" ]; then
    export LD_PRELOAD="\${LD_PRELOAD:+$LD_PRELOAD:}$jemalloc"
    export MALLOC_CONF="\${MALLOC_CONF:-dirty_decay_ms:5000,muzzy_decay_ms:5000}"
    say "preloading $jemalloc"
  else
    say 'jemalloc is to be preloaded and is not installed; starting without it' >&2
  fi
fi
`;

/** startup/sub_start.sh: restarts the program until it is stopped on purpose (docs/startup-kit-format.md#scripts). */
export const subStartSh = (
  program: KeptProgram,
  { release, jemalloc }: SubStartSettings,
): string => `#!/usr/bin/env bash
# Keeps the program of this kit running; called by start.sh. With --once: runs it once, in the foreground.
set -u
here=$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd -P) || exit 1
kit=$(dirname "$here")
# shellcheck source=/dev/null
. "$here/processes.sh"

once=
for option in "$@"; do
  case $option in
    --once) once=yes ;;
    --verify) "$here/verify.sh" || exit 1 ;;
    *)
      echo "unknown option $option" >&2
      exit 2
      ;;
  esac
done

workspace=$(workspace_of "$kit") || exit 1
if pid=$(keeper_pid "$workspace"); then
  say "already running (pid $pid)"
  exit 0
fi
if [ "$workspace" != "$kit" ]; then
  if [ -e "$workspace/startup" ] && [ ! -L "$workspace/startup" ]; then
    say "$workspace holds another kit" >&2
    exit 1
  fi
  rm -rf "\${workspace:?}/kit"
  mkdir -m 700 "$workspace/kit" || exit 1
  cp -R "$kit/startup" "$kit/local" "$workspace/kit/" || exit 1
  ln -sfn kit/startup "$workspace/startup"
  ln -sfn kit/local "$workspace/local"
fi
mkdir -p "$workspace/transfer" || exit 1
cd "$workspace" || exit 1

# Only one of several keepers that start at once gets past this: the file is made, never overwritten.
claim() { (set -o noclobber && echo "$$" >daemon_pid.fl) 2>/dev/null; }
if ! claim; then
  if pid=$(keeper_pid "$workspace"); then
    say "already running (pid $pid)"
    exit 0
  fi
  rm -f daemon_pid.fl
  claim || exit 1
fi
program=
leave() {
  trap - EXIT
  rm -f pid.fl shutdown.fl restart.fl daemon_pid.fl
  exit "$1"
}
trap 'leave 1' EXIT
trap '[ -n "$program" ] && end_program "$program"; leave 143' TERM
trap '[ -n "$program" ] && end_program "$program"; leave 130' INT

if left=$(program_pid "$workspace"); then
  say "ending a program that was left over (pid $left)"
  end_program "$left"
fi
rm -f pid.fl shutdown.fl restart.fl

export PYTHONPATH="/local/custom\${PYTHONPATH:+:$PYTHONPATH}"
export MALLOC_ARENA_MAX="\${MALLOC_ARENA_MAX:-4}"
${dependsOn(release, 'jemalloc') ? preload(jemalloc) : ''}
# The first megabyte of what the program prints is kept: what goes wrong before it opens its own log files.
first_megabyte() {
  head -c 1048576 >"$workspace/console.log"
  cat >/dev/null
}
start_program() {
  if [ -n "$once" ]; then
    ${programCommand(program, '"$workspace"')} &
  else
    ${programCommand(program, '"$workspace"')} \\
      > >(first_megabyte) 2>&1 &
  fi
  program=$!
  echo "$program" >pid.fl
}

if [ -n "$once" ]; then
  start_program
  wait "$program"
  leave "$?"
fi

quick=0
last_start=-1000
until [ -e shutdown.fl ]; do
  if [ -z "$program" ] || is_ended "$program"; then
    if [ $((SECONDS - last_start)) -lt 300 ]; then quick=$((quick + 1)); else quick=1; fi
    if [ "$quick" -gt 5 ]; then
      say "failed 5 times within 5 minutes of its start; giving up. See console.log and log.txt in $workspace"
      leave 1
    fi
    [ "$quick" -gt 1 ] && say "the program has ended; starting it again ($quick of 5)"
    rm -f restart.fl
    last_start=$SECONDS
    start_program
    say "started (pid $program)"
  elif [ -e restart.fl ]; then
    say 'restart asked for'
    wait_ended 5 "$program" || end_program "$program"
    rm -f restart.fl
    quick=0
  fi
  sleep 1 &
  wait "$!"
done

say 'stop asked for'
# The program that was shut down by a console ends by itself; stop_fl.sh leaves a word that says not to wait.
if [ "$(cat shutdown.fl)" = now ] || ! wait_ended 5 "$program"; then end_program "$program"; fi
say 'stopped'
leave 0
`;
