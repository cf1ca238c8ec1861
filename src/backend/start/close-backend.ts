import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '../http/app-types.ts';
import type { Shutdown } from '../context/shutdown.ts';

/** Connections without a request are cut after the first time, requests under way after the second. */
const IDLE_MS = 8000;
const REQUEST_MS = 25_000;
const LOOK_MS = 100;

/**
 * Stops an application: requests under way are finished, also those that arrive on open connections meanwhile.
 *
 * @returns when no connection is left
 */
export const closeApp = async (app: App, shutdown: Shutdown): Promise<void> => {
  shutdown.announce();
  const began = performance.now();
  const closed = new AbortController();
  const hurry = async (): Promise<void> => {
    const { signal } = closed;
    await pause(IDLE_MS, undefined, { signal });
    while (shutdown.underWay > 0 && performance.now() - began < REQUEST_MS) {
      await pause(LOOK_MS, undefined, { signal });
    }
    app.server.closeAllConnections();
  };
  await Promise.all([
    app.close().finally(() => {
      closed.abort();
    }),
    hurry().catch((error: unknown) => {
      if (!closed.signal.aborted) {
        throw error;
      }
    }),
  ]);
};
