import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { CliError } from '../errors/cli-error.ts';
import { inspectWebCertificate } from './web-certificate.ts';

const CONFIGURATION = `[ca]
basicConstraints=critical,CA:TRUE
[leaf]
basicConstraints=CA:FALSE
subjectAltName=DNS:localhost
[client]
basicConstraints=CA:FALSE
subjectAltName=DNS:localhost
extendedKeyUsage=clientAuth
[req]
distinguished_name=dn
[dn]
`;
// Certificates count whole seconds, and those of this test are made in this one.
const NOW = new Date(Date.now() + 60_000);
const DAY_MS = 86_400_000;

let scratch: string;
let folder: string;
const openssl = (...args: readonly string[]): void => {
  execFileSync('openssl', args, { cwd: scratch, stdio: 'pipe' });
};
const read = (name: string): string => readFileSync(join(scratch, name), 'utf8');

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'web-certificate-'));
  writeFileSync(join(scratch, 'x.cnf'), CONFIGURATION);
  const request = ['req', '-newkey', 'rsa:2048', '-nodes', '-config', 'x.cnf'];
  openssl(
    ...request,
    '-x509',
    '-extensions',
    'ca',
    '-days',
    '90',
    '-subj',
    '/CN=Root',
    '-keyout',
    'root.key',
    '-out',
    'root.crt',
  );
  openssl(...request, '-subj', '/CN=Intermediate', '-keyout', 'intermediate.key', '-out', 'intermediate.csr');
  const sign = (name: string, issuer: string, extensions: string, ...more: readonly string[]): void => {
    const authority = ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`, '-CAcreateserial'];
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...authority,
      '-days',
      '90',
      '-extfile',
      'x.cnf',
      '-extensions',
      extensions,
      '-out',
      `${name}.crt`,
      ...more,
    );
  };
  sign('intermediate', 'root', 'ca');
  openssl(...request, '-subj', '/CN=localhost', '-keyout', 'leaf.key', '-out', 'leaf.csr');
  sign('leaf', 'intermediate', 'leaf');
  copyFileSync(join(scratch, 'intermediate.csr'), join(scratch, 'brief.csr'));
  sign('brief', 'root', 'ca', '-days', '30');
  copyFileSync(join(scratch, 'leaf.csr'), join(scratch, 'client.csr'));
  sign('client', 'intermediate', 'client');
  copyFileSync(join(scratch, 'leaf.csr'), join(scratch, 'sha1.csr'));
  sign('sha1', 'intermediate', 'leaf', '-sha1');
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:1024',
    '-nodes',
    '-days',
    '90',
    '-subj',
    '/CN=short',
    '-keyout',
    'short.key',
    '-out',
    'short.crt',
  );
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1'];
  openssl(
    'req',
    '-x509',
    ...curve,
    '-nodes',
    '-days',
    '90',
    '-subj',
    '/CN=koblitz',
    '-keyout',
    'koblitz.key',
    '-out',
    'koblitz.crt',
  );
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'project-'));
  mkdirSync(join(folder, 'cert'));
});

const inspect = async (certificate: string | Buffer, key: string | Buffer, now = NOW) => {
  writeFileSync(join(folder, 'cert/web.crt'), certificate);
  writeFileSync(join(folder, 'cert/web.key'), key);
  return inspectWebCertificate(folder, now);
};
const warningsOf = async (...args: Parameters<typeof inspect>): Promise<readonly string[]> =>
  (await inspect(...args)).warnings;
const errorOf = async (...args: Parameters<typeof inspect>): Promise<string> => {
  const error: unknown = await inspect(...args).catch((error: unknown) => error);
  if (!(error instanceof CliError)) {
    throw new Error('an error was expected');
  }
  return error.message;
};

test('accepts a complete chain without a warning', async () => {
  const key = read('leaf.key');
  expect(await warningsOf(read('leaf.crt') + read('intermediate.crt'), key)).toEqual([]);
  expect(await warningsOf(read('leaf.crt') + read('intermediate.crt') + read('root.crt'), key)).toEqual([]);
  expect(await warningsOf(read('root.crt'), read('root.key'))).toEqual([]);
});

test('names a missing intermediate', async () => {
  const missing = expect.stringContaining('does not contain the certificate of "CN=Intermediate"');
  expect(await warningsOf(read('leaf.crt'), read('leaf.key'))).toEqual([missing]);
  expect(await warningsOf(read('leaf.crt') + read('root.crt'), read('leaf.key'))).toEqual([missing]);
});

test('names an issuer whose certificate has expired', async () => {
  const pair = [read('leaf.crt') + read('brief.crt'), read('leaf.key')] as const;
  const at = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);
  expect(await warningsOf(...pair, at(20))).toEqual([]);
  expect(await warningsOf(...pair, at(40))).toEqual([
    expect.stringContaining('the certificate of "CN=Intermediate" in web.crt expired on'),
  ]);
});

test('names a certificate that is not meant for servers', async () => {
  const chain = read('client.crt') + read('intermediate.crt');
  expect(await warningsOf(chain, read('leaf.key'))).toEqual([expect.stringContaining('lacks serverAuth')]);
});

test('names a wrong order', async () => {
  const chain = read('leaf.crt') + read('root.crt') + read('intermediate.crt');
  expect(await warningsOf(chain, read('leaf.key'))).toEqual([expect.stringContaining('out of order')]);
  expect(await errorOf(read('intermediate.crt') + read('leaf.crt'), read('leaf.key'))).toContain(
    "does not begin with the server's own certificate",
  );
});

test('names certificates that are glued together', async () => {
  const glued = read('leaf.crt').trim() + read('intermediate.crt');
  expect(await errorOf(glued, read('leaf.key'))).toContain('not separated by a line break');
});

test('tells which form a pair has that is not PEM', async () => {
  const der = (name: string, ...args: readonly string[]): Buffer => {
    openssl(...args, '-outform', 'der', '-out', name);
    return readFileSync(join(scratch, name));
  };
  const pair = [read('root.crt'), read('root.key')] as const;
  const [certificate, key] = pair;
  const converted = 'is a DER or PKCS#12 file; convert it to PEM with openssl';
  expect(await errorOf(der('root.der', 'x509', '-in', 'root.crt'), key)).toContain(`web.crt ${converted}`);
  expect(await errorOf(certificate, der('key.der', 'pkey', '-in', 'root.key'))).toContain(
    `web.key ${converted}`,
  );
  const bundle = [
    'pkcs12',
    '-export',
    '-inkey',
    'root.key',
    '-in',
    'root.crt',
    '-passout',
    'pass:',
    '-out',
    'pfx',
  ];
  openssl(...bundle);
  expect(await errorOf(readFileSync(join(scratch, 'pfx')), key)).toContain(`web.crt ${converted}`);
  expect(await errorOf(Buffer.from(certificate, 'utf16le'), key)).toContain('web.crt is encoded in UTF-16');
  expect(await errorOf(certificate, Buffer.from(key, 'utf16le'))).toContain('web.key is encoded in UTF-16');
  expect(await errorOf('a certificate', key)).toContain('web.crt holds no certificate in PEM form');
});

test('rejects a signature and keys that no client accepts', async () => {
  expect(await errorOf(read('short.crt'), read('short.key'))).toContain('has 1024 bits');
  expect(await errorOf(read('sha1.crt'), read('leaf.key'))).toContain('signed with SHA-1');
  expect(await errorOf(read('koblitz.crt'), read('koblitz.key'))).toContain('no client can use');
});

test('serves an expired or early pair with a warning', async () => {
  const pair = [read('root.crt'), read('root.key')] as const;
  const at = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);
  expect(await warningsOf(...pair, at(91))).toEqual([expect.stringContaining('expired on')]);
  expect(await warningsOf(...pair, at(-2))).toEqual([expect.stringContaining('is not valid before')]);
  expect(await warningsOf(...pair, at(80))).toEqual([expect.stringContaining('expires in 9 days')]);
});
