import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from '../../../contract/error-code.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { removeLocalState, type LocalState } from './local-state.ts';
import { processStart } from './process-identity.ts';

const POLL_MS = 50;
const KILL_GRACE_MS = 5000;

const isSame = async (state: LocalState, platform: NodeJS.Platform): Promise<boolean> =>
  (await processStart(state.pid, platform)) === state.startedAt;

const endsWithin = async (
  state: LocalState,
  platform: NodeJS.Platform,
  milliseconds: number,
): Promise<boolean> => {
  // A process that is not our child sends no event when it ends.
  for (const end = Date.now() + milliseconds; Date.now() < end;) {
    if (!(await isSame(state, platform))) {
      return true;
    }
    await wait(POLL_MS);
  }
  return !(await isSame(state, platform));
};

const send = (state: LocalState, signal: 'SIGTERM' | 'SIGCONT' | 'SIGKILL'): void => {
  try {
    process.kill(state.pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') {
      throw CLI_ERRORS.stillRunning({ pid: state.pid }, { cause: error });
    }
  }
};

/**
 * SIGTERM, which a suspended process takes once it continues, and SIGKILL after the timeout; then the state file goes.
 *
 * @returns whether it ended by itself
 * @throws CliError `still_running`
 */
export const stopProcess = async (
  folder: string,
  state: LocalState,
  timeoutSeconds: number,
  platform: NodeJS.Platform,
): Promise<boolean> => {
  send(state, 'SIGTERM');
  send(state, 'SIGCONT');
  const gently = await endsWithin(state, platform, timeoutSeconds * 1000);
  if (!gently) {
    send(state, 'SIGKILL');
    if (!(await endsWithin(state, platform, KILL_GRACE_MS))) {
      throw CLI_ERRORS.stillRunning({ pid: state.pid });
    }
  }
  await removeLocalState(folder);
  return gently;
};
