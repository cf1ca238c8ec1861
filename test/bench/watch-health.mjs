// How long others wait while the backend works.
import { ask, connect } from './load.mjs';

/** Asks GET /health again and again, which waits for whatever keeps the event loop. */
export const watchHealth = (origin) => {
  const pool = connect(origin, 1);
  let longest = 0;
  let running = true;
  const watching = (async () => {
    while (running) {
      const { milliseconds } = await ask(pool, { path: '/health' });
      longest = Math.max(longest, milliseconds);
    }
  })();
  return {
    take: () => {
      const seen = longest;
      longest = 0;
      return seen;
    },
    stop: async () => {
      running = false;
      await watching;
      await pool.destroy();
    },
  };
};
