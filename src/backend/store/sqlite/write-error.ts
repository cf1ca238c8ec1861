import { access, constants, stat, utimes } from 'node:fs/promises';
import { z } from 'zod';

const InputOutput = z.object({ code: z.string().startsWith('SQLITE_IOERR') });
const ReadOnly = z.object({ code: z.enum(['EROFS', 'EPERM', 'EACCES']) });

/** SQLite met a file that may not be written any more; the code is SQLite's for a folder where that is so. */
export class UnwritableError extends Error {
  readonly code = 'SQLITE_READONLY_DIRECTORY';
}

/** Asks for permission, and since ext4 stopped by an error still gives it, changes the file's times to what they are. */
const tryToWrite = async (file: string): Promise<void> => {
  await access(file, constants.W_OK);
  const { atime, mtime } = await stat(file);
  await utimes(file, atime, mtime);
};

/**
 * Tells a disk that has become read-only from other failures, which SQLite all calls input and output errors.
 *
 * @param error what a change ended in
 * @param file the database
 * @returns what it ended in, for whoever asked
 */
export const writeError = async (error: unknown, file: string): Promise<unknown> => {
  if (!InputOutput.safeParse(error).success) {
    return error;
  }
  return tryToWrite(file).then(
    () => error,
    (cause: unknown) =>
      ReadOnly.safeParse(cause).success ? new UnwritableError(`${file} cannot be written`, { cause }) : error,
  );
};
