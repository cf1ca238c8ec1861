import { setTimeout as wait } from 'node:timers/promises';
import { isAborted } from '../../engine/aborted.ts';
import type { LogLine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { lineTime } from '../backend/log-line.ts';
import type { Deployment } from './deployment.ts';

const POLL_MS = 500;

/** Waits for a dashboard to run: the same one again, or its successor. @returns undefined when aborted */
const nextRun = async (
  find: () => Promise<Deployment | undefined>,
  ended: Deployment,
  signal: AbortSignal,
): Promise<Deployment | undefined> => {
  while (!signal.aborted) {
    const found = await find().catch((error: unknown) => {
      // An engine that restarts is back in a moment.
      if (error instanceof EngineError && (error.code === 'engine_lost' || error.code === 'aborted')) {
        return undefined;
      }
      throw error;
    });
    if (found !== undefined && found.run !== ended.run && found.phase !== 'exited') {
      return found;
    }
    await wait(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
};

/**
 * Yields the log of a dashboard and of those that take its place, until the signal fires.
 *
 * @param find the dashboard that is meant now
 * @param onEnd called when it ended and the next one is waited for
 */
export async function* followLog(
  first: Deployment,
  {
    tail,
    signal,
    find,
    onEnd,
  }: {
    readonly tail?: number;
    readonly signal: AbortSignal;
    readonly find: () => Promise<Deployment | undefined>;
    readonly onEnd: () => void;
  },
): AsyncGenerator<LogLine> {
  let deployment: Deployment | undefined = first;
  let request = { follow: true, signal, ...(tail === undefined ? {} : { tail }) };
  // What the same log held before is not shown again.
  let shownUntil = -Infinity;
  let latest = -Infinity;
  while (deployment !== undefined && !isAborted(signal)) {
    let fresh = true;
    for await (const line of deployment.log(request)) {
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
    const next: Deployment | undefined = await nextRun(find, deployment, signal);
    shownUntil = next?.logId === deployment.logId ? latest : -Infinity;
    request = { follow: true, signal };
    deployment = next;
  }
}
