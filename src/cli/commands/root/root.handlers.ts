import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { PreparedRootResponse, type PreparedRoot } from '../../../contract/api/own-root.ts';
import { callAsAdmin, findPerson, type AdminCall } from '../../backend/admin-call.ts';
import { requireOurs } from '../../deployment/require-responding.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { systemReason } from '../../errors/system-reason.ts';
import type { CommandContext, Flags, Handler } from '../../handler.ts';
import type { Report } from '../../output/output.ts';
import { requireNewFile, writeNewFile } from '../../remote/write-new-file.ts';
import { requireCredential } from '../../settings/credential.ts';
import { parseFlags } from '../../settings/parse-flags.ts';
import { readPassphraseFile } from '../../settings/passphrase.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';

const Raw = z.object({
  cred: z.string().optional(),
  keyPassphraseFile: z.string().optional(),
  output: z.string().optional(),
});
const DER_SEQUENCE = 0x30;
const PEM_LINE = /.{1,64}/g;
const ADVICE = 'Nothing was changed. Correct the files and try again.';

const readBytes = async (path: string): Promise<Buffer> =>
  readFile(path).catch((cause: unknown) => {
    throw CLI_ERRORS.fileUnusable(
      { path, reason: systemReason(cause), advice: 'Name a readable file.' },
      { cause },
    );
  });

/** DER is wrapped into PEM, which the API takes. */
const readCertificate = async (path: string): Promise<string> => {
  const bytes = await readBytes(path);
  if (bytes[0] !== DER_SEQUENCE) {
    return bytes.toString('utf8');
  }
  const lines = bytes.toString('base64').match(PEM_LINE) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};

/** Flags are checked before a file is read. @throws CliError `usage`, `credential_invalid` */
const readFlags = (flags: Flags): z.infer<typeof Raw> => {
  const raw = parseFlags(Raw, flags);
  requireCredential(raw.cred, '--cred');
  return raw;
};

const call = async (flags: Flags, context: CommandContext, request: AdminCall): Promise<unknown> => {
  const { cred } = readFlags(flags);
  const responding = await requireOurs(await readTargetSettings(flags, context.runtime), context.runtime);
  const person = await findPerson(cred, context);
  return callAsAdmin(responding, person, { advice: ADVICE, ...request }, context);
};

const prepare = async (flags: Flags, context: CommandContext, request: AdminCall): Promise<PreparedRoot> =>
  PreparedRootResponse.parse(await call(flags, context, request)).prepared;

const oneLine = (name: string | undefined): string => (name ?? '').replaceAll('\n', ', ');

const describe = (root: PreparedRoot): readonly string[] => {
  switch (root.state) {
    case 'none':
      return ['The freeze will generate a root CA.'];
    case 'requested':
      return [
        `The request for the root CA "${root.common_name ?? ''}" waits for the signature of another CA.`,
        'Import what that CA issues with: dashboard root accept CERTIFICATE',
      ];
    case 'ready':
      return [
        'The freeze will take this root CA:',
        `  Subject:     ${oneLine(root.subject)}`,
        `  Issuer:      ${oneLine(root.issuer)}`,
        `  Valid to:    ${root.not_after ?? ''}`,
        `  Fingerprint: SHA256:${root.fingerprint_sha256 ?? ''}`,
        ...(root.key_encrypted === false
          ? ['  Key:         stored without a passphrase; see dashboard start --generate-passphrase']
          : []),
      ];
  }
};

const report = (root: PreparedRoot, lines = describe(root)): Report => ({
  data: { state: root.state, root },
  lines,
});

/** `dashboard root show` */
export const showRoot: Handler = async (flags, _words, context) =>
  report(await prepare(flags, context, { method: 'GET', path: '/ca/prepared' }));

/** `dashboard root import`: certificate and key come from files, the passphrase from another. */
export const importRoot: Handler = async (flags, [certificate = '', key = ''], context) => {
  const { cwd } = context.runtime;
  const { keyPassphraseFile: file } = readFlags(flags);
  const body = {
    certificate: await readCertificate(resolve(cwd, certificate)),
    key: (await readBytes(resolve(cwd, key))).toString('utf8'),
    ...(file === undefined ? {} : { passphrase: await readPassphraseFile(resolve(cwd, file)) }),
  };
  return report(await prepare(flags, context, { path: '/ca/import', body }));
};

/** `dashboard root request` */
export const requestRoot: Handler = async (flags, _words, context) => {
  const { output } = readFlags(flags);
  if (output !== undefined) {
    requireNewFile(resolve(context.runtime.cwd, output));
  }
  const root = await prepare(flags, context, { path: '/ca/request' });
  const request = root.request ?? '';
  if (output === undefined) {
    return report(root, request.trimEnd().split('\n'));
  }
  const path = resolve(context.runtime.cwd, output);
  await writeNewFile(path, Buffer.from(request));
  return report(root, [`Request written to ${path}.`, ...describe(root)]);
};

/** `dashboard root accept` */
export const acceptRoot: Handler = async (flags, [certificate = ''], context) => {
  readFlags(flags);
  const body = { certificate: await readCertificate(resolve(context.runtime.cwd, certificate)) };
  return report(await prepare(flags, context, { path: '/ca/certificate', body }));
};

/** `dashboard root discard` */
export const discardRoot: Handler = async (flags, _words, context) => {
  await call(flags, context, { method: 'DELETE', path: '/ca/prepared' });
  return { data: { state: 'none' }, lines: ['Discarded. The freeze will generate a root CA.'] };
};
