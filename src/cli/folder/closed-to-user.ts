import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CliError } from '../errors/cli-error.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';

const OWNER_READ = 0o400;

/**
 * Returns the error for a file that this user may not read. It names the closed folder where the file itself cannot be
 * seen.
 */
export const closedToUser = async (path: string, cause: unknown): Promise<CliError> => {
  const facts = await stat(path).catch(() => undefined);
  if (facts === undefined && dirname(path) !== path) {
    return closedToUser(dirname(path), cause);
  }
  const { uid = 0, mode = 0 } = facts ?? {};
  return CLI_ERRORS.permissionDenied({ path, owner: uid, byOwner: (mode & OWNER_READ) !== 0 }, { cause });
};
