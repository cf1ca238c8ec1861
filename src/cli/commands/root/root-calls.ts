import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { findPerson, openAdminSession, type AdminCall } from '../../backend/admin-call.ts';
import { requireOurs } from '../../deployment/require-responding.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { systemReason } from '../../../contract/system-reason.ts';
import type { CommandContext, Flags } from '../../handler.ts';
import { requireCredential } from '../../settings/credential.ts';
import { parseFlags } from '../../settings/parse-flags.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';

const Raw = z.object({
  cred: z.string().optional(),
  keyPassphraseFile: z.string().optional(),
  output: z.string().optional(),
  validDays: z.string().optional(),
  certificate: z.string().optional(),
  confirm: z.string().optional(),
});
const DER_SEQUENCE = 0x30;
const PEM_LINE = /.{1,64}/g;
const ADVICE = 'Nothing was changed. Correct the files and try again.';

export const readBytes = async (path: string): Promise<Buffer> =>
  readFile(path).catch((cause: unknown) => {
    throw CLI_ERRORS.fileUnusable(
      { path, reason: systemReason(cause), advice: 'Name a readable file.' },
      { cause },
    );
  });

/** DER is wrapped into PEM, which the API takes. */
export const readCertificate = async (path: string): Promise<string> => {
  const bytes = await readBytes(path);
  if (bytes[0] !== DER_SEQUENCE) {
    return bytes.toString('utf8');
  }
  const lines = bytes.toString('base64').match(PEM_LINE) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};

/** Flags are checked before a file is read. @throws CliError `usage`, `credential_invalid` */
export const readFlags = (flags: Flags): z.infer<typeof Raw> => {
  const raw = parseFlags(Raw, flags);
  requireCredential(raw.cred, '--cred');
  return raw;
};

/** A project admin's session at the dashboard. */
export interface RootSession {
  readonly frozen: boolean;
  readonly call: (request: AdminCall) => Promise<unknown>;
}

/** Logs in as project admin. @throws CliError `api_refused`, `input_missing`, also from each call */
export const openSession = async (flags: Flags, context: CommandContext): Promise<RootSession> => {
  const { cred } = readFlags(flags);
  const responding = await requireOurs(await readTargetSettings(flags, context.runtime), context.runtime);
  const person = await findPerson(cred, context);
  const call = await openAdminSession(responding, person, context);
  return {
    frozen: responding.condition.frozen,
    call: (request) => call({ advice: ADVICE, ...request }),
  };
};

/** Calls one route as project admin. @throws CliError as {@link openSession} */
export const call = async (flags: Flags, context: CommandContext, request: AdminCall): Promise<unknown> =>
  (await openSession(flags, context)).call(request);
