import { createHash, randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../../contract/error-code.ts';
import { systemReason } from '../../contract/system-reason.ts';
import { StartError } from '../context/start-error.ts';
import { writeWhole } from '../context/write-whole.ts';

export const TOKEN_KEY_FILE = '.jwt-key';
const BYTES = 32;

/** Reads the key of the session tokens. @throws StartError `folderUnusable` when it cannot be used */
export const readTokenKey = async (file: string): Promise<Buffer | undefined> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw new StartError(
      'folderUnusable',
      `${file} cannot be read: ${systemReason(error)}.`,
      'Let the user that the dashboard runs as read the file, or put it back from a backup.',
      { cause: error },
    );
  }
  const key = Buffer.from(text.trim(), 'hex');
  if (key.length < BYTES) {
    throw new StartError(
      'folderUnusable',
      `${file} does not hold a key.`,
      'Remove the file; a new key is made then.',
    );
  }
  if (((await stat(file)).mode & 0o077) !== 0) {
    throw new StartError('folderUnusable', `${file} can be read by others.`, `Run: chmod 600 ${file}`);
  }
  return key;
};

/**
 * Key of the session tokens, 256 bit or more: from `SECRET_KEY` if given, else from `.jwt-key` in the folder,
 * which is made (mode 0600) at the first start.
 */
export const sessionKey = async (webRoot: string, secretKey: string | undefined): Promise<Uint8Array> => {
  if (secretKey !== undefined) {
    return createHash('sha256').update(secretKey).digest();
  }
  const file = join(webRoot, TOKEN_KEY_FILE);
  const present = await readTokenKey(file);
  if (present !== undefined) {
    return present;
  }
  const key = randomBytes(BYTES);
  try {
    await writeWhole(file, `${key.toString('hex')}\n`, `${file}.new`);
  } catch (error) {
    throw new StartError(
      'folderUnusable',
      `${file} cannot be written.`,
      'Check free space and the rights of the project folder.',
      { cause: error },
    );
  }
  return key;
};
