import { resolve } from 'node:path';
import { z } from 'zod';
import { askHere, callAsAdmin, findPerson } from '../../backend/admin-call.ts';
import type { Handler } from '../../handler.ts';
import { requireOurs } from '../../deployment/require-responding.ts';
import { requireCredential } from '../../settings/credential.ts';
import { readPassphraseFile } from '../../settings/passphrase.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';
import { parseFlags } from '../../settings/parse-flags.ts';

const RawUnseal = z.object({ passphraseFile: z.string().optional(), cred: z.string().optional() });

/** `dashboard unseal`: logs in as project admin and hands over the passphrase. */
export const unseal: Handler = async (flags, _words, context) => {
  const { runtime } = context;
  const raw = parseFlags(RawUnseal, flags);
  requireCredential(raw.cred, '--cred');
  const responding = await requireOurs(await readTargetSettings(flags, runtime), runtime);
  if (!responding.condition.sealed) {
    return { data: { state: 'not sealed' }, lines: ['The dashboard is not sealed.'] };
  }
  const person = await findPerson(raw.cred, context);
  const passphrase =
    raw.passphraseFile === undefined
      ? await askHere(context, {
          message: 'Passphrase of the root key:',
          hidden: true,
          subject: 'the passphrase of the root key',
          advice: 'Give --passphrase-file FILE.',
        })
      : await readPassphraseFile(resolve(runtime.cwd, raw.passphraseFile));
  await callAsAdmin(responding, person, { path: '/unseal', body: { passphrase } }, context);
  return { data: { state: 'unsealed' }, lines: ['Unsealed: kits can be made again.'] };
};
