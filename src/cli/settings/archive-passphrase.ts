import { MIN_PASSPHRASE } from '../../contract/passphrase.ts';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import type { CommandContext, Flags } from '../handler.ts';
import { isAttended, type Runtime } from '../runtime.ts';
import { parseFlags } from './parse-flags.ts';
import { readPassphraseFile } from './passphrase.ts';

const STDIN = '-';

const Raw = z.object({
  encrypt: z.boolean().optional(),
  encryptPassphraseFile: z.string().min(1).optional(),
});

const NEVER_ENCRYPTED =
  "the root CA's key has no passphrase, and the archive is not encrypted: whoever reads it can issue certificates. Add --encrypt.";

const fromStdin = async ({ stdin }: Runtime): Promise<string> => {
  const [line = ''] = (await text(stdin)).split(/\r?\n/);
  if (line === '') {
    throw CLI_ERRORS.passphraseFileUnreadable({ path: STDIN, reason: 'its first line is empty' });
  }
  return line;
};

const given = async (file: string, runtime: Runtime): Promise<string> =>
  file === STDIN ? fromStdin(runtime) : readPassphraseFile(resolve(runtime.cwd, file));

const ask = async (message: string, { runtime }: CommandContext): Promise<string> => {
  if (!isAttended(runtime)) {
    throw CLI_ERRORS.inputMissing({
      what: 'There is no terminal to ask for the passphrase of the archive on.',
      advice: 'Add --encrypt-passphrase-file FILE, or - for standard input.',
    });
  }
  const { askHidden } = await import('../prompts/prompts.ts');
  return askHidden(runtime, message);
};

const longEnough = (passphrase: string): string => {
  if (passphrase.length < MIN_PASSPHRASE) {
    throw CLI_ERRORS.usage({
      what: `The passphrase is shorter than ${MIN_PASSPHRASE} characters.`,
      command: 'backup',
    });
  }
  return passphrase;
};

const askNew = async (message: string, context: CommandContext): Promise<string | undefined> => {
  const first = await ask(message, context);
  if (first === '') {
    return undefined;
  }
  longEnough(first);
  if (first !== (await ask('The same once more:', context))) {
    throw CLI_ERRORS.usage({ what: 'The two passphrases differ; nothing was written.', command: 'backup' });
  }
  return first;
};

/**
 * Finds the passphrase that an archive is to be encrypted with. For a root key without a passphrase of its own a
 * person is asked, and a script is warned.
 *
 * @returns undefined for an archive that is not encrypted
 * @throws CliError `usage`, `input_missing`, `passphrase_file_unreadable`
 */
export const newArchivePassphrase = async (
  flags: Flags,
  rootKeyInClear: boolean,
  context: CommandContext,
): Promise<string | undefined> => {
  const { encrypt, encryptPassphraseFile: file } = parseFlags(Raw, flags);
  if (file !== undefined) {
    if (encrypt === false) {
      throw CLI_ERRORS.usage({
        what: '--no-encrypt and --encrypt-passphrase-file exclude each other.',
        command: 'backup',
      });
    }
    return longEnough(await given(file, context.runtime));
  }
  if (encrypt === true) {
    const typed = await askNew('Passphrase of the archive:', context);
    if (typed === undefined) {
      throw CLI_ERRORS.usage({ what: 'The passphrase is empty; nothing was written.', command: 'backup' });
    }
    return typed;
  }
  if (encrypt === false || !rootKeyInClear) {
    return undefined;
  }
  const typed = isAttended(context.runtime)
    ? await askNew(
        "The root CA's key has no passphrase. One for the archive (Enter alone: not encrypted):",
        context,
      )
    : undefined;
  if (typed === undefined) {
    context.output.warn(NEVER_ENCRYPTED);
  }
  return typed;
};

/** Finds the passphrase of an archive that is to be read; asks where it is encrypted and none was given. */
export const archivePassphrase = async (
  flags: Flags,
  encrypted: boolean,
  context: CommandContext,
): Promise<string | undefined> => {
  const { encryptPassphraseFile: file } = parseFlags(Raw, flags);
  if (file !== undefined) {
    return given(file, context.runtime);
  }
  return encrypted ? ask('Passphrase of the archive:', context) : undefined;
};
