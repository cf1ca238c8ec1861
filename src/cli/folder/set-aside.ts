import { rename } from 'node:fs/promises';
import { isMissing } from '../../contract/error-code.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import { systemReason } from '../../contract/system-reason.ts';

/** SQLite finds what a crash left by these endings of the database's name. */
const PARTS = ['', '-wal', '-shm'];

/**
 * Moves a file that nobody has open aside, as `<name>.<UTC time>.bak`; a database with what a crash left of it.
 *
 * @param from absolute path
 * @returns its new path; undefined when it is not there
 * @throws CliError `file_unusable`
 */
export const setAside = async (from: string, now: Date): Promise<string | undefined> => {
  const to = `${from}.${now.toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z.bak`;
  let moved = false;
  for (const part of PARTS) {
    try {
      await rename(from + part, to + part);
      moved = true;
    } catch (error) {
      if (isMissing(error)) {
        continue;
      }
      const advice = 'Look at who owns it, then try again.';
      throw CLI_ERRORS.fileUnusable(
        { path: from + part, reason: systemReason(error), advice },
        { cause: error },
      );
    }
  }
  return moved ? to : undefined;
};
