import { readFile } from 'node:fs/promises';
import { utf8Text } from '../../contract/utf8-text.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import { systemReason } from '../../contract/system-reason.ts';

/**
 * The first line of a file, without its line end.
 *
 * @throws CliError `passphrase_file_unreadable`, `credential_file_unreadable`
 */
export const readFirstLine = async (path: string, content: 'passphrase' | 'credential'): Promise<string> => {
  const unreadable =
    content === 'passphrase' ? CLI_ERRORS.passphraseFileUnreadable : CLI_ERRORS.credentialFileUnreadable;
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unreadable({ path, reason: systemReason(cause) }, { cause });
  });
  const text = utf8Text(bytes);
  if (text === undefined) {
    throw unreadable({ path, reason: 'it is not UTF-8 text' });
  }
  const [line = ''] = text.split(/\r?\n/);
  if (line === '') {
    throw unreadable({ path, reason: 'its first line is empty' });
  }
  return line;
};
