import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { opensslRoot, opensslText, opensslVerify } from '../../test/support/openssl.ts';
import { newRsaKeyPair } from '../../test/support/rsa-key-pair.ts';
import type { IssuedLeaf, LeafRequest } from '../contract/certificate.ts';
import { issueLeaf } from './issue-leaf.ts';
import type { RootCa } from './root-ca.ts';
import type { RsaKeyPair } from './rsa-key-pair.ts';

const DAY = 86_400_000;
let keyPair: RsaKeyPair;
let root: RootCa;
let now: Date;
let end: Date;
beforeAll(() => {
  keyPair = newRsaKeyPair();
  // Too small for use and quick to make; by OpenSSL, so that the code under test makes its leaves alone.
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const own = { subject: '/CN=Breast study', keyIdentifier: '01:02:03:04:05', days: 3650 };
  root = { certificatePem: opensslRoot(privateKey, own), privateKey };
  const { validFrom, validTo } = new X509Certificate(root.certificatePem);
  now = new Date(Date.parse(validFrom) + 789);
  end = new Date(validTo);
});

const issue = (request: LeafRequest, validDays = 360, at = now): Promise<IssuedLeaf> =>
  issueLeaf({ root, request, keyPair, validDays, now: at });

const SERVER: LeafRequest = {
  kind: 'server',
  commonName: 'fl.example.org',
  organization: 'Hospital_1',
  subjectAltNames: [
    { type: 'dns', value: 'fl.example.org' },
    { type: 'ip', value: '10.1.2.3' },
    { type: 'ip', value: '2001:db8::7' },
  ],
};
const ADMIN: LeafRequest = {
  kind: 'admin',
  commonName: 'ada@example.org',
  organization: 'Hospital_1',
  role: 'project_admin',
  subjectAltNames: [{ type: 'dns', value: 'ada@example.org' }],
};

describe('a leaf certificate', () => {
  test('of a server names host, organization and every address', async () => {
    const leaf = await issue(SERVER);
    const certificate = new X509Certificate(leaf.certificatePem);
    expect(certificate.subject).toBe('CN=fl.example.org\nO=Hospital_1');
    expect(certificate.issuer).toBe('CN=Breast study');
    expect(certificate.subjectAltName).toBe(
      'DNS:fl.example.org, IP Address:10.1.2.3, IP Address:2001:DB8:0:0:0:0:0:7',
    );
    expect(certificate.checkHost('fl.example.org')).toBe('fl.example.org');
    expect(certificate.checkIP('2001:db8::7')).toBe('2001:db8::7');
  });

  test('of a console user carries the role in unstructuredName, after CN and O', async () => {
    const { certificatePem } = await issue(ADMIN);
    expect(opensslText(certificatePem)).toMatch(
      /Subject: CN=ada@example.org,O=Hospital_1,unstructuredName=project_admin\n/,
    );
  });

  test.each([SERVER, ADMIN])('passes the strict check of OpenSSL ($kind)', async (request) => {
    expect(opensslVerify(root.certificatePem, (await issue(request)).certificatePem, now)).toBe(
      'leaf.pem: OK\n',
    );
  });

  test('carries key identifiers, names and what its kind may be used for', async () => {
    const text = opensslText((await issue(SERVER)).certificatePem);
    expect(text).toMatch(/Subject Key Identifier/);
    expect(text).toMatch(/Authority Key Identifier/);
    expect(text).toContain('TLS Web Server Authentication, TLS Web Client Authentication');
    const client = opensslText((await issue({ ...SERVER, kind: 'client' })).certificatePem);
    expect(client).toMatch(/Extended Key Usage: \n\s+TLS Web Client Authentication\n/);
  });

  test('belongs to the key handed out with it, which is PKCS#1 and not encrypted', async () => {
    const leaf = await issue(SERVER);
    expect(leaf.privateKeyPem).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n[^:]+$/);
    const certificate = new X509Certificate(leaf.certificatePem);
    expect(certificate.checkPrivateKey(createPrivateKey(leaf.privateKeyPem))).toBe(true);
  });

  test('is described as it is: serial, times, fingerprint', async () => {
    const leaf = await issue(SERVER);
    const certificate = new X509Certificate(leaf.certificatePem);
    expect(leaf.serial).toBe(certificate.serialNumber);
    expect(leaf.serial).toMatch(/^[4-7][0-9A-F]{39}$/);
    expect(leaf.notBefore).toEqual(new Date(certificate.validFrom));
    expect(leaf.notAfter).toEqual(new Date(certificate.validTo));
    expect(leaf.sha256).toBe(createHash('sha256').update(certificate.raw).digest('hex'));
  });

  test('never has the serial of another', async () => {
    const leaves = await Promise.all(Array.from({ length: 50 }, () => issue(SERVER)));
    expect(new Set(leaves.map((leaf) => leaf.serial)).size).toBe(50);
  });

  test('ends with the root at the latest', async () => {
    expect((await issue(SERVER, 3600)).notAfter < end).toBe(true);
    expect((await issue(SERVER, 3651)).notAfter).toEqual(end);
    expect((await issue(SERVER, 360, new Date(end.getTime() - DAY))).notAfter).toEqual(end);
  });

  test('is not issued by an expired root', async () => {
    await expect(issue(SERVER, 1, end)).rejects.toMatchObject({
      code: 'root_expired',
      message: `the root certificate has expired: at ${end.toISOString()}`,
    });
  });

  test('repeats the key identifier of its root, whatever way that was made', async () => {
    const { certificatePem } = await issue(SERVER);
    expect(opensslText(certificatePem)).toMatch(/Authority Key Identifier: \n\s+(keyid:)?01:02:03:04:05\n/);
    expect(new X509Certificate(certificatePem).checkIssued(new X509Certificate(root.certificatePem))).toBe(
      true,
    );
  });

  test.each(['', 'nonsense'])('needs a root certificate that is one, not %j', async (certificatePem) => {
    const work = issueLeaf({
      root: { certificatePem, privateKey: root.privateKey },
      request: SERVER,
      keyPair,
      validDays: 1,
      now,
    });
    await expect(work).rejects.toMatchObject({ code: 'root_damaged' });
  });

  test('is not issued by another leaf', async () => {
    const { certificatePem } = await issue(SERVER);
    const work = issueLeaf({
      root: { certificatePem, privateKey: root.privateKey },
      request: SERVER,
      keyPair,
      validDays: 1,
      now,
    });
    await expect(work).rejects.toMatchObject({ code: 'root_damaged' });
  });

  const refused: readonly (readonly [string, Partial<LeafRequest>])[] = [
    ['an empty name', { commonName: '' }],
    ['a name beyond 64 characters', { commonName: 'x'.repeat(65) }],
    ['a NUL in the organization', { organization: 'a\0b' }],
    ['no alternative name', { subjectAltNames: [] }],
    ['an alternative name beyond ASCII', { subjectAltNames: [{ type: 'dns', value: 'münchen.de' }] }],
    ['an address that is none', { subjectAltNames: [{ type: 'ip', value: '1.2.3' }] }],
    ['an address with a zone', { subjectAltNames: [{ type: 'ip', value: 'fe80::1%eth0' }] }],
  ];
  test.each(refused)('is refused for %s', async (_what, change) => {
    await expect(issue({ ...SERVER, ...change })).rejects.toMatchObject({ code: 'name_invalid' });
  });
});
