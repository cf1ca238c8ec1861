import type { ServerLog } from './context.ts';

/** Carries work out that is repeated; the name tells kinds of it apart. */
export type Guarded = (work: () => Promise<void>, name?: string) => Promise<void>;

/**
 * Keeps repeated work from failing those around it: logs its error once, until it succeeds again.
 *
 * @param message of the log line
 */
export const logOnce = (log: ServerLog, message: string): Guarded => {
  const failing = new Set<string>();
  return async (work, name = '') => {
    try {
      await work();
      failing.delete(name);
    } catch (error) {
      if (!failing.has(name)) {
        log.warn({ err: error }, message);
      }
      failing.add(name);
    }
  };
};
