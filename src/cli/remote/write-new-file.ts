import { existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import { systemReason } from '../../contract/system-reason.ts';

const refusal = (path: string, reason: string, cause?: unknown) =>
  CLI_ERRORS.fileUnusable(
    { path, reason, advice: 'Name a new file in a folder that you may write.' },
    { cause },
  );

/** @throws CliError `file_unusable` for a file that exists, before anything is done for it */
export const requireNewFile = (path: string): void => {
  const folder = statSync(dirname(path), { throwIfNoEntry: false });
  if (folder?.isDirectory() !== true) {
    throw refusal(
      path,
      folder === undefined ? 'its folder does not exist' : 'a part of its path is not a folder',
    );
  }
  if (existsSync(path)) {
    throw refusal(path, 'it exists');
  }
};

/**
 * The absolute path of a file that is to be written later, where one is named.
 *
 * @throws CliError as {@link requireNewFile}
 */
export const newFilePath = (named: string | undefined, cwd: string): string | undefined => {
  if (named === undefined) {
    return undefined;
  }
  const path = resolve(cwd, named);
  requireNewFile(path);
  return path;
};

/** Writes a file that only its owner can read, never over another. @throws CliError `file_unusable` */
export const writeNewFile = async (path: string, content: string | Buffer): Promise<void> => {
  await writeFile(path, content, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    throw refusal(path, systemReason(error), error);
  });
};
