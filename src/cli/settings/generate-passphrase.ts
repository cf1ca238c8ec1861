import { rm } from 'node:fs/promises';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import { writeNewFile } from '../remote/write-new-file.ts';
import type { Runtime } from '../runtime.ts';
import type { StartSettings } from './start-settings.ts';

/** Letters and digits that are not mistaken for one another; 32 of them, five bits each. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyzA';
const GROUPS = 7;
const GROUP_LENGTH = 4;

/** A passphrase that this command generated. */
export interface GeneratedPassphrase {
  readonly passphrase: string;
  /** Absolute path of the file that holds it. */
  readonly file: string;
  /** Removes the file of a passphrase that nothing was encrypted with. */
  readonly discard: () => Promise<void>;
}

/** A passphrase of 140 bits, in groups to be copied by hand. */
const passphraseOf = ({ randomInt }: Runtime): string =>
  Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join(''),
  ).join('-');

/**
 * Writes a new passphrase into the file that `--generate-passphrase` names, mode 0600.
 *
 * @returns undefined without that option
 * @throws CliError `usage` beside another passphrase, `file_unusable` for a file that exists
 */
export const generatePassphrase = async (
  { generatePassphrase: file }: StartSettings,
  given: string | undefined,
  runtime: Runtime,
): Promise<GeneratedPassphrase | undefined> => {
  if (file === undefined) {
    return undefined;
  }
  if (given !== undefined) {
    throw CLI_ERRORS.usage({ what: '--generate-passphrase cannot be combined with another passphrase.' });
  }
  const passphrase = passphraseOf(runtime);
  await writeNewFile(file, `${passphrase}\n`);
  return { passphrase, file, discard: () => rm(file, { force: true }) };
};
