import { setTimeout } from 'node:timers/promises';
import { ApiError } from '../../../contract/errors.ts';
import type { ServiceContext } from '../../context/context.ts';
import { followStoredRoot } from '../root-ca/follow-stored-root.ts';
import { MovedDatabaseError } from '../../store/moved-database-error.ts';
import { ReadOnlyDatabaseError } from '../../store/read-only-database-error.ts';
import type { ProjectRow } from '../../store/schema.ts';

/** Probes wait a second by default; a database that hangs must not keep them longer. */
const TIMEOUT_MS = 800;

/** Reads the project. @throws Error when the database takes longer than {@link TIMEOUT_MS} */
const projectInTime = async (context: ServiceContext): Promise<ProjectRow> => {
  const done = new AbortController();
  try {
    return await Promise.race([
      followStoredRoot(context),
      setTimeout(TIMEOUT_MS, undefined, { signal: done.signal, ref: false }).then(() => {
        throw new Error(`no response within ${TIMEOUT_MS} ms`);
      }),
    ]);
  } finally {
    done.abort();
  }
};

/**
 * @throws MovedDatabaseError, ReadOnlyDatabaseError; ApiError `unavailable` when the database does not respond in time, or the backend is about
 * to stop
 */
export const readiness = async (
  context: ServiceContext,
): Promise<{
  readonly database: boolean;
  readonly sealed: boolean;
  readonly frozen: boolean;
  readonly warnings: number;
}> => {
  if (context.shutdown.announced) {
    throw new ApiError('unavailable', 'The backend is stopping.', { retryAfter: 5 });
  }
  try {
    await context.db.check();
    const project = await projectInTime(context);
    return {
      database: true,
      sealed: context.rootCa.sealed(),
      frozen: project.frozen !== 0,
      warnings: context.startWarnings,
    };
  } catch (error) {
    if (error instanceof MovedDatabaseError || error instanceof ReadOnlyDatabaseError) {
      throw error;
    }
    throw new ApiError('unavailable', 'The database does not respond.', { cause: error, retryAfter: 5 });
  }
};
