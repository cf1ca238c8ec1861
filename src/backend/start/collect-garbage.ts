import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';

const Collect = z.function({ input: [z.looseObject({})], output: z.unknown() });

const EVERY_MS = 5000;
/** Share of the time in which an idle backend does anything. */
const IDLE_SHARE = 0.05;

const collect = (): void => {
  setFlagsFromString('--expose-gc');
  Collect.implement(runInNewContext('gc'))({ type: 'major', execution: 'sync', flavor: 'last-resort' });
};

/**
 * Gives the memory that a start took back to the system, once, as soon as nobody waits for a response: an idle backend
 * allocates too little for V8 to do so by itself.
 *
 * @returns what ends the wait
 */
export const collectWhenIdle = (everyMs = EVERY_MS, collectNow = collect): (() => void) => {
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    if (performance.eventLoopUtilization(now, before).utilization < IDLE_SHARE) {
      clearInterval(timer);
      collectNow();
    }
    before = now;
  }, everyMs).unref();
  return () => {
    clearInterval(timer);
  };
};
