import { resolve } from 'node:path';
import { PreparedRootResponse, type PreparedRoot } from '../../../contract/api/own-root.ts';
import { RootProgressResponse } from '../../../contract/api/root-renewal.ts';
import { isPkcs12 } from '../../../contract/pkcs12.ts';
import type { AdminCall } from '../../backend/admin-call.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { CommandContext, Flags, Handler } from '../../handler.ts';
import type { Report } from '../../output/output.ts';
import { newFilePath, writeNewFile } from '../../remote/write-new-file.ts';
import { readPassphraseFile } from '../../settings/passphrase.ts';
import { isAttended } from '../../runtime.ts';
import { call, openSession, readBytes, readCertificate, readFlags, type RootSession } from './root-calls.ts';

const prepare = async (flags: Flags, context: CommandContext, request: AdminCall): Promise<PreparedRoot> =>
  PreparedRootResponse.parse(await call(flags, context, request)).prepared;

/** Of an encrypted key in PEM, PKCS#8 or PKCS#1. */
const ENCRYPTED = /ENCRYPTED/;

const oneLine = (name: string | undefined): string => (name ?? '').replaceAll('\n', ', ');

const WARNINGS = {
  no_job_ca: 'pathlen:0 allows no job CA, which servers of NVFLARE 2.10 need',
  no_crl: 'keyUsage has no cRLSign: proxies will reject the revocation list',
} as const;

const describe = (root: PreparedRoot): readonly string[] => {
  switch (root.state) {
    case 'none':
      return ['No root CA is prepared: the freeze will generate a root CA.'];
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
        ...(root.warnings ?? []).map((warning) => `  Warning:     ${WARNINGS[warning]}`),
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

const readPrepared = async (session: RootSession): Promise<PreparedRoot> =>
  PreparedRootResponse.parse(await session.call({ method: 'GET', path: '/ca/prepared' })).prepared;

/** `dashboard root show`: what the freeze will take, and once the project is frozen, what it has. */
export const showRoot: Handler = async (flags, _words, context) => {
  const session = await openSession(flags, context);
  if (!session.frozen) {
    return report(await readPrepared(session));
  }
  const { renewal } = RootProgressResponse.parse(await session.call({ method: 'GET', path: '/ca/renewal' }));
  const { root } = renewal;
  return {
    data: { state: 'frozen', root },
    lines: [
      'The project is frozen, and this is its root CA:',
      `  Valid to:    ${root.not_after}`,
      `  Fingerprint: SHA256:${root.fingerprint_sha256}`,
    ],
  };
};

/** From a file or, at a terminal, a person; undefined where there is none. */
const importPassphrase = async (
  flags: Flags,
  context: CommandContext,
  locked: string | undefined,
): Promise<string | undefined> => {
  const { keyPassphraseFile: file } = readFlags(flags);
  if (file !== undefined) {
    return readPassphraseFile(resolve(context.runtime.cwd, file));
  }
  if (locked === undefined || !isAttended(context.runtime)) {
    return undefined;
  }
  const { askHidden } = await import('../../prompts/prompts.ts');
  return askHidden(context.runtime, `Passphrase of ${locked} (Enter: none):`);
};

const usage = (what: string) => CLI_ERRORS.usage({ what, command: 'root import' });

/** `dashboard root import`: certificate and key come from files, the passphrase from another or the terminal. */
export const importRoot: Handler = async (flags, [certificate = '', key], context) => {
  const { cwd } = context.runtime;
  readFlags(flags);
  const bytes = await readBytes(resolve(cwd, certificate));
  const pkcs12 = isPkcs12(bytes);
  if (pkcs12 !== (key === undefined)) {
    throw usage(
      pkcs12
        ? `${certificate} is a PKCS#12 file, which holds the key: leave ${key ?? ''} out.`
        : `${certificate} is no PKCS#12 file: name its key as well.`,
    );
  }
  const parts =
    key === undefined
      ? { pkcs12: bytes.toString('base64') }
      : {
          certificate: await readCertificate(resolve(cwd, certificate)),
          key: (await readBytes(resolve(cwd, key))).toString('utf8'),
        };
  const locked = 'key' in parts ? (ENCRYPTED.test(parts.key) ? key : undefined) : certificate;
  const passphrase = await importPassphrase(flags, context, locked);
  const body = passphrase === undefined ? parts : { ...parts, passphrase };
  return report(await prepare(flags, context, { path: '/ca/import', body }));
};

/** `dashboard root request` */
export const requestRoot: Handler = async (flags, _words, context) => {
  const { output } = readFlags(flags);
  const path = newFilePath(output, context.runtime.cwd);
  const root = await prepare(flags, context, { path: '/ca/request' });
  const request = root.request ?? '';
  if (path === undefined) {
    return report(root, request.trimEnd().split('\n'));
  }
  await writeNewFile(path, Buffer.from(request));
  return report(root, [`Request written to ${path}.`, ...describe(root)]);
};

/** `dashboard root accept` */
export const acceptRoot: Handler = async (flags, [certificate = ''], context) => {
  readFlags(flags);
  const body = { certificate: await readCertificate(resolve(context.runtime.cwd, certificate)) };
  return report(await prepare(flags, context, { path: '/ca/certificate', body }));
};

const DISCARDED = {
  none: 'No root CA is prepared: nothing was discarded.',
  requested: 'Discarded the request with its key: what another CA issues for it fits no longer.',
  ready: 'Discarded the prepared root CA with its key.',
} as const;

/** `dashboard root discard` */
export const discardRoot: Handler = async (flags, _words, context) => {
  const session = await openSession(flags, context);
  if (session.frozen) {
    throw CLI_ERRORS.rootInUse({});
  }
  const { state } = await readPrepared(session);
  if (state !== 'none') {
    await session.call({ method: 'DELETE', path: '/ca/prepared' });
  }
  return { data: { state: 'none' }, lines: [DISCARDED[state], 'The freeze will generate a root CA.'] };
};
