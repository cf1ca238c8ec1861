import { setTimeout as wait } from 'node:timers/promises';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import type { CliError } from '../errors/cli-error.ts';
import type { Runtime } from '../runtime.ts';
import { askRunning, type RespondingBackend } from './running.ts';
import type { Running } from './running-dashboard.ts';

const POLL_MS = 200;
const SETTLED_SECONDS = 5;

/** The state of a container now; a plain process has none that could be asked. */
const refresh = async (running: Running, { signal }: Runtime): Promise<Running> => {
  if (running.kind === 'process') {
    return running;
  }
  const state = await running.engine.inspectContainer(running.state.id, signal);
  return state === undefined ? running : { ...running, state };
};

const startedWithin = (running: Running, seconds: number, now: Date): boolean =>
  running.kind === 'container' &&
  running.state.restarts === 0 &&
  running.state.startedAt !== undefined &&
  now.getTime() - Date.parse(running.state.startedAt) < seconds * 1000;

/** Why no response can be expected, with what to do. */
export const notAnswering = (running: Running): CliError => {
  if (running.kind === 'process') {
    const { folder, port, state } = running;
    return CLI_ERRORS.notAnswering({
      what: `The dashboard of ${folder} (process ${state.pid}, port ${port}) is there but does not respond.`,
      advice: `Look at ${folder}/dashboard.log, then run \`dashboard restart\`.`,
    });
  }
  const { name, status, restarts, exitCode } = running.state;
  if (status === 'paused') {
    return CLI_ERRORS.notAnswering({
      what: `The dashboard ${name} is paused and does not respond.`,
      advice: `Let it go on (docker unpause ${name}), or run \`dashboard restart\`.`,
    });
  }
  return status === 'restarting' || restarts > 0
    ? CLI_ERRORS.notAnswering({
        what: `The dashboard ${name} keeps exiting: restarted ${restarts} times, exit code ${exitCode}.`,
        advice: 'Look at `dashboard logs --tail 20` for the reason, then run `dashboard restart`.',
      })
    : CLI_ERRORS.notAnswering({
        what: `The dashboard ${name} runs but does not respond on port ${running.port}.`,
        advice: 'Look at `dashboard logs --tail 20`, then run `dashboard restart`.',
      });
};

/**
 * Waits until a dashboard that is there responds: briefly, or as long as a start may take when it has just begun.
 *
 * @param starting another command is starting it now
 * @returns undefined when it does not
 */
export const waitForResponse = async (
  found: Running,
  options: { readonly timeoutSeconds: number; readonly starting: boolean },
  runtime: Runtime,
): Promise<{ readonly running: Running; readonly responding: RespondingBackend | undefined }> => {
  const { timeoutSeconds, starting } = options;
  const begun = runtime.now();
  const patient = starting || startedWithin(found, timeoutSeconds, begun);
  const seconds = patient ? timeoutSeconds : Math.min(timeoutSeconds, SETTLED_SECONDS);
  for (let running = found; ; running = await refresh(running, runtime)) {
    if (running.kind === 'container' && running.state.status === 'paused') {
      return { running, responding: undefined };
    }
    const responding = await askRunning(running, runtime);
    if (responding !== undefined) {
      return { running, responding };
    }
    if (runtime.now().getTime() - begun.getTime() > seconds * 1000) {
      return { running: await refresh(running, runtime), responding: undefined };
    }
    await wait(POLL_MS, undefined, { signal: runtime.signal });
  }
};
