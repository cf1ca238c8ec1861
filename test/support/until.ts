import { setTimeout as pause } from 'node:timers/promises';

const STEP_MS = 25;

/** Looks again and again until there is something; throws when there is nothing in time. */
export const until = async <T>(look: () => Promise<T | undefined>, ms = 15_000): Promise<T> => {
  const end = performance.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined) {
      return found;
    }
    if (performance.now() > end) {
      throw new Error('it did not happen in time');
    }
    await pause(STEP_MS);
  }
};
