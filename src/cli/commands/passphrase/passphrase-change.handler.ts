import { resolve } from 'node:path';
import { z } from 'zod';
import { askHere, callAsAdmin, findPerson } from '../../backend/admin-call.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { CommandContext, Handler } from '../../handler.ts';
import { requireOurs } from '../../deployment/require-responding.ts';
import { requireCredential } from '../../settings/credential.ts';
import { readPassphraseFile } from '../../settings/passphrase.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';
import { parseFlags } from '../../settings/parse-flags.ts';

const Raw = z.object({
  /** `false`: the key has no passphrase. */
  passphraseFile: z.union([z.string(), z.boolean()]).optional(),
  newPassphraseFile: z.string().optional(),
  cred: z.string().optional(),
});

const askNew = async (context: CommandContext): Promise<string> => {
  const question = {
    hidden: true,
    subject: 'the new passphrase',
    advice: 'Give --new-passphrase-file FILE.',
  };
  const first = await askHere(context, { ...question, message: 'New passphrase:' });
  const again = await askHere(context, { ...question, message: 'New passphrase once more:' });
  if (first === again) {
    return first;
  }
  throw CLI_ERRORS.usage({
    what: 'The two new passphrases differ; nothing was changed.',
    command: 'passphrase change',
  });
};

/** Returns the present passphrase; empty: there is none. */
const readCurrent = async (file: string | boolean | undefined, context: CommandContext): Promise<string> => {
  if (typeof file === 'string') {
    return readPassphraseFile(resolve(context.runtime.cwd, file));
  }
  return file === false
    ? ''
    : askHere(context, {
        message: 'Present passphrase (Enter alone: there is none):',
        hidden: true,
        subject: 'the present passphrase',
        advice: 'Give --passphrase-file FILE, or --no-passphrase-file where the key has none.',
      });
};

/** `dashboard passphrase change`: logs in as project admin and has the root key sealed anew. */
export const changePassphrase: Handler = async (flags, _words, context) => {
  const { runtime } = context;
  const raw = parseFlags(Raw, flags);
  requireCredential(raw.cred, '--cred');
  const responding = await requireOurs(await readTargetSettings(flags, runtime), runtime);
  const person = await findPerson(raw.cred, context);
  const current = await readCurrent(raw.passphraseFile, context);
  const passphrase =
    raw.newPassphraseFile === undefined
      ? await askNew(context)
      : await readPassphraseFile(resolve(runtime.cwd, raw.newPassphraseFile));
  const body = { ...(current === '' ? {} : { current }), passphrase };
  await callAsAdmin(responding, person, { path: '/passphrase', body }, context);
  return {
    data: { state: 'changed' },
    lines: ['The root key is under the new passphrase: start with that one from now on.'],
  };
};
