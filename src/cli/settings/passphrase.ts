import { ENVIRONMENT } from '../../contract/environment.ts';
import type { Runtime } from '../runtime.ts';
import { PASSPHRASE_VISIBLE } from './environment-flags.ts';
import { readFirstLine } from './read-first-line.ts';
import type { StartSettings } from './start-settings.ts';

/** @throws CliError `passphrase_file_unreadable` */
export const readPassphraseFile = (path: string): Promise<string> => readFirstLine(path, 'passphrase');

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
