import { isAborted } from '../aborted.ts';
import { EngineError } from '../errors.ts';
import { errorDetailsOf, type Attempt } from '../error-details.ts';

/**
 * Runs calls to the engine and turns every error into an {@link EngineError}.
 * An aborted call may throw any error, so the signal is checked first.
 */
export const guarded = async <T>(
  attempt: Attempt,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> => {
  if (isAborted(signal)) {
    throw new EngineError({ code: 'aborted' });
  }
  try {
    return await work();
  } catch (error) {
    if (isAborted(signal)) {
      throw new EngineError({ code: 'aborted' }, { cause: error });
    }
    if (error instanceof EngineError) {
      throw error;
    }
    throw new EngineError(errorDetailsOf(error, attempt), { cause: error });
  }
};

/** Options object with the signal, when there is one; a fresh one each time, since dockerode changes it. */
export const withSignal = <T extends object>(
  options: T,
  signal: AbortSignal | undefined,
): T & { readonly abortSignal?: AbortSignal } =>
  signal === undefined ? { ...options } : { ...options, abortSignal: signal };
