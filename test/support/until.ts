import { setTimeout as pause } from 'node:timers/promises';

const STEP_MS = 25;

/**
 * Looks again and again until something is found.
 *
 * @param look gives what it found; undefined and false are nothing yet
 * @param ms how long, in milliseconds
 * @throws Error when there is nothing in time
 */
export const until = async <T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  ms = 60_000,
): Promise<T> => {
  const end = performance.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) {
      return found;
    }
    if (performance.now() > end) {
      throw new Error(`not within ${ms / 1000} s: ${look.toString()}`);
    }
    await pause(STEP_MS);
  }
};
