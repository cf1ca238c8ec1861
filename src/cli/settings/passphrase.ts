import { readFile } from 'node:fs/promises';
import { ENVIRONMENT } from '../../contract/environment.ts';
import { utf8Text } from '../../contract/utf8-text.ts';
import { FAULTS } from '../errors/faults.ts';
import type { Runtime } from '../runtime.ts';
import { systemReason } from '../errors/system-reason.ts';
import { PASSPHRASE_VISIBLE } from './environment-flags.ts';
import type { StartSettings } from './start-settings.ts';

/** The first line of a file, without its line end. @throws CliError `passphrase_file_unreadable` */
export const readPassphraseFile = async (path: string): Promise<string> => {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw FAULTS.passphraseFileUnreadable({ path, reason: systemReason(cause) }, { cause });
  });
  const text = utf8Text(bytes);
  if (text === undefined) {
    throw FAULTS.passphraseFileUnreadable({ path, reason: 'it is not UTF-8 text' });
  }
  const [line = ''] = text.split(/\r?\n/);
  if (line === '') {
    throw FAULTS.passphraseFileUnreadable({ path, reason: 'its first line is empty' });
  }
  return line;
};

/**
 * The passphrase of the root key: --passphrase-file, --passphrase, --env, this host's environment, in this order.
 * An empty one counts as none.
 *
 * @throws CliError `passphrase_file_unreadable`
 */
export const findPassphrase = async (
  settings: StartSettings,
  runtime: Runtime,
): Promise<{ readonly passphrase: string | undefined; readonly warnings: readonly string[] }> => {
  const fromEnv = settings.environment.get(ENVIRONMENT.passphrase);
  const found =
    settings.passphraseFile === undefined
      ? (settings.passphrase ?? fromEnv ?? runtime.environment[ENVIRONMENT.passphrase])
      : await readPassphraseFile(settings.passphraseFile);
  return {
    passphrase: found === '' ? undefined : found,
    warnings: settings.passphrase === undefined ? [] : [PASSPHRASE_VISIBLE],
  };
};
