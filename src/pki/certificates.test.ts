import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IssuedLeaf, LeafRequest } from '../domain/certificate.ts';
import { issueLeaf } from './issue-leaf.ts';
import { createRootCa, type RootCa } from './root-ca.ts';
import type { RsaKeyPair } from './rsa-key-pair.ts';

const now = new Date('2026-11-23T22:00:00.789Z');
const DAY = 86_400_000;
const VERIFY_TIME = String(Math.floor(now.getTime() / 1000) + 60);
const folder = mkdtempSync(join(tmpdir(), 'pki-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const newPair = (): RsaKeyPair => {
  const made = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'pkcs1', format: 'der' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return { bits: 2048, publicKeyDer: made.publicKey, privateKeyPem: made.privateKey };
};
const keyPair = newPair();

let root: RootCa;
beforeAll(async () => {
  root = await createRootCa({ commonName: 'Breast study', validDays: 3650, keyBits: 2048, now });
  writeFileSync(join(folder, 'root.pem'), root.certificatePem);
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

const opensslVerify = (pem: string): string => {
  writeFileSync(join(folder, 'leaf.pem'), pem);
  const args = ['verify', '-x509_strict', '-attime', VERIFY_TIME, '-CAfile', 'root.pem', 'leaf.pem'];
  const { stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  return stdout + stderr;
};
const textOf = (pem: string): string =>
  execFileSync('openssl', ['x509', '-noout', '-text', '-nameopt', 'utf8,sep_comma_plus'], {
    input: pem,
    encoding: 'utf8',
  });

describe('the root certificate', () => {
  test('is a certificate authority by critical extensions, named after the project', () => {
    const text = textOf(root.certificatePem);
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE\n/);
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature, Certificate Sign, CRL Sign\n/);
    expect(text).toMatch(/Subject Alternative Name: \n\s+DNS:Breast study\n/);
    expect(text).toMatch(/Issuer: CN=Breast study\n/);
    expect(text).toMatch(/Subject: CN=Breast study\n/);
    expect(text).toMatch(/Signature Algorithm: sha256WithRSAEncryption/);
  });

  test('passes the strict check of OpenSSL and its own signature', () => {
    expect(opensslVerify(root.certificatePem)).toBe('leaf.pem: OK\n');
    const certificate = new X509Certificate(root.certificatePem);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(root.privateKey)).toBe(true);
  });

  test('holds as many days as asked, from this second on', () => {
    const certificate = new X509Certificate(root.certificatePem);
    expect(new Date(certificate.validFrom)).toEqual(new Date('2026-11-23T22:00:00Z'));
    expect(new Date(certificate.validTo).getTime()).toBe(Date.parse('2026-11-23T22:00:00Z') + 3650 * DAY);
  });

  test('may outlive the year 2050', async () => {
    const long = await createRootCa({ commonName: 'long', validDays: 36_500, keyBits: 2048, now });
    expect(new Date(new X509Certificate(long.certificatePem).validTo).getUTCFullYear()).toBe(2126);
  });

  test.each([2048, 3072, 4096] as const)(
    'has a key of %i bits on request',
    async (keyBits) => {
      const made = await createRootCa({ commonName: 'bits', validDays: 1, keyBits, now });
      expect(made.privateKey.asymmetricKeyDetails?.modulusLength).toBe(keyBits);
    },
    60_000,
  );

  test.each(['', 'x'.repeat(65), 'a\nb'])('is not made for the name %j', async (commonName) => {
    const work = createRootCa({ commonName, validDays: 1, keyBits: 2048, now });
    await expect(work).rejects.toMatchObject({ code: 'name_invalid' });
  });
});

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
    expect(textOf(certificatePem)).toMatch(
      /Subject: CN=ada@example.org,O=Hospital_1,unstructuredName=project_admin\n/,
    );
  });

  test.each([SERVER, ADMIN])('passes the strict check of OpenSSL ($kind)', async (request) => {
    expect(opensslVerify((await issue(request)).certificatePem)).toBe('leaf.pem: OK\n');
  });

  test('carries key identifiers and names and narrows no usage', async () => {
    const text = textOf((await issue(SERVER)).certificatePem);
    expect(text).toMatch(/Subject Key Identifier/);
    expect(text).toMatch(/Authority Key Identifier/);
    expect(text).not.toMatch(/Key Usage|Basic Constraints/);
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
    const end = new Date(new X509Certificate(root.certificatePem).validTo);
    expect((await issue(SERVER, 3600)).notAfter < end).toBe(true);
    expect((await issue(SERVER, 3651)).notAfter).toEqual(end);
    expect((await issue(SERVER, 360, new Date(end.getTime() - DAY))).notAfter).toEqual(end);
  });

  test('is not issued by an expired root', async () => {
    const end = new Date(new X509Certificate(root.certificatePem).validTo);
    await expect(issue(SERVER, 1, end)).rejects.toMatchObject({ code: 'root_expired' });
  });

  test('repeats the key identifier of a root that has its own way of making one', async () => {
    writeFileSync(join(folder, 'foreign.key'), root.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const foreign = execFileSync(
      'openssl',
      ['req', '-x509', '-key', 'foreign.key', '-subj', '/CN=Breast study/O=x', '-days', '90'].concat([
        '-addext',
        'subjectKeyIdentifier=01:02:03:04:05',
      ]),
      { cwd: folder, encoding: 'utf8' },
    );
    const leaf = await issueLeaf({
      root: { certificatePem: foreign, privateKey: root.privateKey },
      request: SERVER,
      keyPair,
      validDays: 30,
      now: new Date(new X509Certificate(foreign).validFrom),
    });
    expect(textOf(leaf.certificatePem)).toMatch(/Authority Key Identifier: \n\s+(keyid:)?01:02:03:04:05\n/);
    expect(new X509Certificate(leaf.certificatePem).checkIssued(new X509Certificate(foreign))).toBe(true);
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

const name = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 64 })
  .filter((text) => !/\p{Cc}|\p{Cs}/u.test(text) && Array.from(text).length <= 64);
const request: fc.Arbitrary<LeafRequest> = fc.record({
  kind: fc.constantFrom('server', 'overseer', 'client', 'admin', 'listener'),
  commonName: name,
  organization: name,
  role: name,
  subjectAltNames: fc.array(
    fc.oneof(
      fc.domain().map((value) => ({ type: 'dns' as const, value })),
      fc.ipV4().map((value) => ({ type: 'ip' as const, value })),
      fc.ipV6().map((value) => ({ type: 'ip' as const, value })),
    ),
    { minLength: 1, maxLength: 6 },
  ),
});

describe('whatever the names', () => {
  test('a leaf is read back by Node with the names that were asked for', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        const leaf = await issue(asked);
        const certificate = new X509Certificate(leaf.certificatePem);
        expect(certificate.verify(new X509Certificate(root.certificatePem).publicKey)).toBe(true);
        for (const { type, value } of asked.subjectAltNames) {
          if (type === 'ip') expect(certificate.checkIP(value)).toBeDefined();
          else expect(certificate.subjectAltName).toContain(`DNS:${value}`);
        }
        return certificate.serialNumber === leaf.serial;
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  test('a leaf passes the strict check of OpenSSL', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        expect(opensslVerify((await issue(asked)).certificatePem)).toBe('leaf.pem: OK\n');
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

const READ_BY_PYTHON = `
import json, sys
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.hazmat.primitives.asymmetric import padding
asked = json.load(sys.stdin)
root = x509.load_pem_x509_certificate(asked["root"].encode())
def text(name, oid): return [a.value for a in name.get_attributes_for_oid(oid)]
N, E = x509.oid.NameOID, x509.oid.ExtensionOID
out = []
for pem, key in asked["leaves"]:
    c = x509.load_pem_x509_certificate(pem.encode())
    k = load_pem_private_key(key.encode(), None)
    root.public_key().verify(c.signature, c.tbs_certificate_bytes, padding.PKCS1v15(), c.signature_hash_algorithm)
    san = c.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    out.append({
        "issued": c.issuer == root.subject,
        "key": k.public_key().public_numbers() == c.public_key().public_numbers(),
        "cn": text(c.subject, N.COMMON_NAME), "o": text(c.subject, N.ORGANIZATION_NAME),
        "role": text(c.subject, x509.ObjectIdentifier("1.2.840.113549.1.9.2")),
        "dns": san.get_values_for_type(x509.DNSName),
        "ips": len(san.get_values_for_type(x509.IPAddress)),
        "serial": "%X" % c.serial_number,
    })
json.dump(out, sys.stdout)
`;
const python = spawnSync('python3', ['-c', 'import cryptography'], { encoding: 'utf8' });
const withPython = python.status === 0 ? test : test.skip;
const why = python.status === 0 ? '' : ' (skipped: python3 has no package "cryptography" here)';

withPython(
  `Python's cryptography reads every generated leaf and its key as they were asked for${why}`,
  async () => {
    const asked = fc.sample(request, 60);
    const leaves = await Promise.all(asked.map((one) => issue(one)));
    const input = JSON.stringify({
      root: root.certificatePem,
      leaves: leaves.map((leaf) => [leaf.certificatePem, leaf.privateKeyPem]),
    });
    const read: unknown = JSON.parse(
      execFileSync('python3', ['-W', 'ignore', '-c', READ_BY_PYTHON], { input, encoding: 'utf8' }),
    );
    const once = (one: LeafRequest, type: 'dns' | 'ip'): readonly string[] => [
      ...new Set(one.subjectAltNames.filter((san) => san.type === type).map((san) => san.value)),
    ];
    expect(read).toEqual(
      asked.map((one, position) => ({
        issued: true,
        key: true,
        cn: [one.commonName],
        o: [one.organization],
        role: [one.role],
        dns: once(one, 'dns'),
        ips: once(one, 'ip').length,
        serial: leaves[position]?.serial,
      })),
    );
  },
  60_000,
);
