import { setTimeout as wait } from 'node:timers/promises';
import { isAborted } from '../../../engine/aborted.ts';
import { isUp, type ContainerState, type Engine, type LogLine } from '../../../engine/engine.ts';
import { EngineError } from '../../../engine/errors.ts';
import { lineTime } from '../../backend/log-line.ts';

const POLL_MS = 500;

/** Waits for a container to run: the same one again, or its successor. @returns undefined when aborted */
const nextRun = async (
  find: () => Promise<ContainerState | undefined>,
  ended: ContainerState,
  signal: AbortSignal,
): Promise<ContainerState | undefined> => {
  while (!signal.aborted) {
    const state = await find().catch((error: unknown) => {
      // An engine that restarts is back in a moment.
      if (error instanceof EngineError && (error.code === 'engine_lost' || error.code === 'aborted')) {
        return undefined;
      }
      throw error;
    });
    const again = state?.id !== ended.id || state.startedAt !== ended.startedAt;
    if (state !== undefined && again && isUp(state)) {
      return state;
    }
    await wait(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
};

/**
 * Yields the log of a container and of those that take its place, until the signal fires.
 *
 * @param find the container that is meant now
 * @param onEnd called when it ended and the next one is waited for
 */
export async function* followContainer(
  engine: Engine,
  first: ContainerState,
  {
    tail,
    signal,
    find,
    onEnd,
  }: {
    readonly tail?: number;
    readonly signal: AbortSignal;
    readonly find: () => Promise<ContainerState | undefined>;
    readonly onEnd: () => void;
  },
): AsyncGenerator<LogLine> {
  let state: ContainerState | undefined = first;
  let request = { follow: true, signal, ...(tail === undefined ? {} : { tail }) };
  // What the same container logged before is not shown again.
  let shownUntil = -Infinity;
  let latest = -Infinity;
  while (state !== undefined && !isAborted(signal)) {
    let fresh = true;
    for await (const line of engine.logs(state.id, request)) {
      const time = lineTime(line.text);
      if (time !== undefined) {
        fresh = time > shownUntil;
        latest = Math.max(latest, time);
      }
      if (fresh) {
        yield line;
      }
    }
    if (isAborted(signal)) {
      return;
    }
    onEnd();
    const next: ContainerState | undefined = await nextRun(find, state, signal);
    shownUntil = next?.id === state.id ? latest : -Infinity;
    request = { follow: true, signal };
    state = next;
  }
}
