import { clearTimeout, setTimeout as setTimer } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContainerState, ReadyRequest } from './engine.ts';
import { EngineError } from './errors.ts';
import { raceAbort } from './race-abort.ts';

const POLL_MS = 150;
const PROBE_WITHIN_MS = 3000;
const FIND_EXIT_CODE_MS = 5000;

/** Parts of an engine that waiting needs. */
export interface Watched {
  readonly name: string;
  inspect(signal: AbortSignal | undefined): Promise<ContainerState | undefined>;
  /** Last lines of the log, oldest first. */
  lastLines(): Promise<readonly string[]>;
}

const present = async (watched: Watched, signal: AbortSignal | undefined): Promise<ContainerState> => {
  const state = await watched.inspect(signal);
  if (state === undefined) {
    throw new EngineError({ code: 'container_missing', name: watched.name });
  }
  return state;
};

const ended = (state: ContainerState): boolean =>
  state.status === 'exited' || state.status === 'dead' || state.status === 'restarting';

/** Waits for the next exit: between two restarts a crashing process looks alive, with exit code 0. */
const withExitCode = async (
  watched: Watched,
  state: ContainerState,
  signal: AbortSignal | undefined,
): Promise<ContainerState> => {
  const until = Date.now() + FIND_EXIT_CODE_MS;
  let latest = state;
  while (!ended(latest) && Date.now() < until) {
    await sleep(POLL_MS / 3, undefined, signal === undefined ? {} : { signal });
    latest = await present(watched, signal);
  }
  return latest;
};

const died = async (
  watched: Watched,
  state: ContainerState,
  signal: AbortSignal | undefined,
): Promise<EngineError> => {
  const last = await withExitCode(watched, state, signal);
  return new EngineError({
    code: 'container_died',
    name: watched.name,
    exitCode: last.exitCode,
    outOfMemory: last.outOfMemory,
    restarts: last.restarts,
    lastLines: await watched.lastLines(),
  });
};

const probed = async (probe: ReadyRequest['probe'], signal: AbortSignal | undefined): Promise<boolean> => {
  const ended = new AbortController();
  const timer = setTimer(() => {
    ended.abort();
  }, PROBE_WITHIN_MS);
  const either = signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal]);
  try {
    // A probe may neither settle nor keep the process alive (fetch on a half-open port); the timer does.
    return await raceAbort(probe(either), either);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Waits until the engine says healthy or the probe succeeds, in a process that was not restarted meanwhile.
 * Podman without systemd never says healthy; an engine on another host may not be reached by the probe.
 *
 * @throws EngineError `container_died`, `not_ready`, `container_missing`, `aborted`
 */
export const waitUntilReady = async (watched: Watched, request: ReadyRequest): Promise<void> => {
  const { probe, timeoutSeconds, signal } = request;
  const until = Date.now() + timeoutSeconds * 1000;
  const first = await present(watched, signal);
  const restarted = (state: ContainerState): boolean =>
    state.restarts > first.restarts || state.startedAt !== first.startedAt;
  let state = first;
  for (;;) {
    if (ended(state) || restarted(state)) {
      throw await died(watched, state, signal);
    }
    if (state.health === 'healthy' || (await probed(probe, signal))) {
      state = await present(watched, signal);
      if (!ended(state) && !restarted(state)) {
        return;
      }
      throw await died(watched, state, signal);
    }
    if (Date.now() >= until) {
      throw new EngineError({
        code: 'not_ready',
        name: watched.name,
        waitedSeconds: timeoutSeconds,
        lastLines: await watched.lastLines(),
      });
    }
    await sleep(POLL_MS, undefined, signal === undefined ? {} : { signal });
    state = await present(watched, signal);
  }
};
