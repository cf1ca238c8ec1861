import { access, chmod, constants, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { errorCode, isMissing } from '../../../contract/error-code.ts';

export const isOnReadOnlyDisk = (file: string): Promise<boolean> =>
  access(dirname(file), constants.W_OK).then(
    () => false,
    (error: unknown) => errorCode(error) === 'EROFS',
  );

/** Copies a database and its write-ahead log: on a read-only disk, where nobody writes, a plain copy is whole. */
export const copyFromReadOnlyDisk = async (file: string, into: string): Promise<void> => {
  await copyFile(file, into);
  await copyFile(`${file}-wal`, `${into}-wal`).catch((error: unknown) => {
    if (!isMissing(error)) {
      throw error;
    }
  });
  await chmod(into, 0o600);
  const copy = new BetterSqlite(into);
  try {
    copy.pragma('wal_checkpoint(truncate)');
  } finally {
    copy.close();
  }
};

/**
 * Reads a database where it is, or a temporary copy of it: SQLite opens none with a write-ahead log on a read-only disk.
 *
 * @param file path of the database
 * @param read gets the path of what to read
 */
export const onReadableDisk = async <T>(file: string, read: (file: string) => Promise<T>): Promise<T> => {
  if (!(await isOnReadOnlyDisk(file))) {
    return read(file);
  }
  const folder = await mkdtemp(join(tmpdir(), 'dashboard-read-'));
  try {
    const copy = join(folder, 'db.sqlite');
    await copyFromReadOnlyDisk(file, copy);
    return await read(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
