import { EngineError } from './errors.ts';

/**
 * Waits for a call that cannot be aborted itself, and stops waiting when the signal fires.
 *
 * @throws EngineError `aborted`
 */
export const raceAbort = async <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (signal === undefined) {
    return work;
  }
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => {
      reject(new EngineError({ code: 'aborted' }));
    };
    if (signal.aborted) {
      stop();
    } else {
      signal.addEventListener('abort', stop, { once: true });
    }
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
    work.catch(() => undefined);
  }
};
