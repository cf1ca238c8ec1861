import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { smallZip } from './small-zip.ts';

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A key that stays in the test. */
export const newKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** @param subject as OpenSSL writes it: `/CN=…/O=…` @param options of `openssl req`; @returns PEM */
export const openSslRequest = (key: KeyObject, subject: string, options: readonly string[] = []): string => {
  const folder = mkdtempSync(join(tmpdir(), 'request-'));
  try {
    writeFileSync(join(folder, 'key.pem'), key.export({ type: 'pkcs8', format: 'pem' }));
    const args = ['req', '-new', '-config', '/dev/null', '-key', 'key.pem', '-subj', subject, ...options];
    return execFileSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Who a request is for, in NVFLARE's words. */
export interface Requested {
  readonly project: string;
  readonly name: string;
  readonly org: string;
  readonly kind: 'site' | 'server' | 'user';
  /** `client`, `server` or a role. */
  readonly certType: string;
}

const TYPES = { site: 'client', server: 'server', user: 'admin' } as const;

const subjectOf = ({ name, org, certType }: Requested): string =>
  `/CN=${name}/O=${org}/unstructuredName=${certType}`;

const siteYamlOf = ({ project, name, org, kind, certType }: Requested): string =>
  [
    `name: ${project}`,
    'participants:',
    `  - name: ${name}`,
    `    type: ${TYPES[kind]}`,
    `    org: ${org}`,
    ...(kind === 'user' ? [`    role: ${certType}`] : []),
    '',
  ].join('\n');

let serial = 0;

/** Describes what differs from what `nvflare cert request` would write. */
export interface Differences {
  readonly subject?: string;
  readonly json?: Readonly<Record<string, unknown>>;
  readonly siteYaml?: string;
  readonly extra?: readonly (readonly [string, string | Buffer])[];
  /** Instead of the CSR. */
  readonly csr?: string;
}

/** The members of a `NAME.request.zip` as NVFLARE 2.9 writes them. */
export const requestMembers = (
  key: KeyObject,
  requested: Requested,
  differences: Differences = {},
): readonly (readonly [string, string | Buffer])[] => {
  const csr = differences.csr ?? openSslRequest(key, differences.subject ?? subjectOf(requested));
  const siteYaml = differences.siteYaml ?? siteYamlOf(requested);
  serial += 1;
  const json = {
    artifact_type: 'nvflare.cert.request',
    schema_version: '1',
    request_id: sha256(`${serial} ${csr}`).slice(0, 32),
    created_at: '2026-11-28T02:03:43Z',
    project: requested.project,
    name: requested.name,
    org: requested.org,
    kind: requested.kind,
    cert_type: requested.certType,
    cert_role: requested.kind === 'user' ? requested.certType : null,
    csr_sha256: sha256(csr),
    public_key_sha256: sha256(createPublicKey(key).export({ type: 'spki', format: 'der' })),
    site_yaml_sha256: sha256(siteYaml),
    ...differences.json,
  };
  return [
    ['request.json', JSON.stringify(json)],
    ['site.yaml', siteYaml],
    [`${requested.name}.csr`, csr],
    ...(differences.extra ?? []),
  ];
};

/** A `NAME.request.zip`, in base64 as the API takes it. */
export const requestZip = async (
  key: KeyObject,
  requested: Requested,
  differences: Differences = {},
): Promise<string> => (await smallZip(requestMembers(key, requested, differences))).toString('base64');
