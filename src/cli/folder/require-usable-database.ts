import { join } from 'node:path';
import { maintain } from '../backend/maintain.ts';
import { CliError, withAdvice } from '../errors/cli-error.ts';
import { CLI_ERRORS, LATER_VERSION_ADVICE } from '../errors/cli-errors.ts';
import type { Runtime } from '../runtime.ts';
import type { ProjectFolder } from './inspect-folder.ts';

/**
 * Reads the whole database of a project that does not run.
 *
 * @throws CliError `maintenance_refused` for a damaged one, `database_unusable` for one of a later version
 */
export const requireUsableDatabase = async (
  { path, owner }: ProjectFolder,
  runtime: Runtime,
): Promise<void> => {
  const database = join(path, 'db.sqlite');
  const { text } = await maintain({ task: 'check', database }, runtime, owner).catch((error: unknown) => {
    throw error instanceof CliError ? withAdvice(error, 'Restore a backup with `dashboard restore`.') : error;
  });
  if (text === 'later version') {
    const what = `${database} was used by a later version of the dashboard`;
    throw CLI_ERRORS.databaseUnusable({ what, advice: LATER_VERSION_ADVICE });
  }
};
