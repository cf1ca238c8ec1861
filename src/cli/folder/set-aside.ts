import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { FAULTS } from '../errors/faults.ts';
import { systemReason } from '../errors/system-reason.ts';

/** SQLite finds what a crash left by these endings of the database's name. */
const PARTS = ['', '-wal', '-shm'];

const isMissing = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';

/**
 * Moves a database that nobody has open aside, as `db.sqlite.<UTC time>.bak`.
 *
 * @returns its new path; undefined when there is none
 * @throws CliError `file_unusable`
 */
export const setAside = async (folder: string, now: Date): Promise<string | undefined> => {
  const from = join(folder, 'db.sqlite');
  const to = `${from}.${now.toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z.bak`;
  let moved = false;
  for (const part of PARTS) {
    try {
      await rename(from + part, to + part);
      moved = true;
    } catch (cause) {
      if (isMissing(cause)) continue;
      const advice = 'Look at who owns it, then try again.';
      throw FAULTS.fileUnusable({ path: from + part, reason: systemReason(cause), advice }, { cause });
    }
  }
  return moved ? to : undefined;
};
