import { ApiError } from '../../../contract/errors.ts';
import type { ServiceContext } from '../../context/context.ts';
import { readProject } from '../../store/project.ts';

/** @throws ApiError `unavailable` when the database does not answer */
export const readiness = async (
  context: ServiceContext,
): Promise<{
  readonly database: boolean;
  readonly sealed: boolean;
  readonly frozen: boolean;
  readonly warnings: number;
}> => {
  try {
    const project = await readProject(context.db.reader);
    return {
      database: true,
      sealed: context.authority.sealed(),
      frozen: project.frozen !== 0,
      warnings: context.startWarnings,
    };
  } catch (cause) {
    throw new ApiError('unavailable', 'The database does not answer.', { cause, retryAfter: 5 });
  }
};
