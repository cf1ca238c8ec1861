import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { opensslVerify } from '../../test/support/openssl.ts';
import { newRsaKeyPair } from '../../test/support/rsa-key-pair.ts';
import type { IssuedLeaf, LeafRequest } from '../contract/certificate.ts';
import { issueLeaf } from './issue-leaf.ts';
import { createRootCa, type RootCa } from './root-ca.ts';

const now = new Date('2026-11-23T22:00:00.789Z');
const keyPair = newRsaKeyPair();

let root: RootCa;
beforeAll(async () => {
  root = await createRootCa({ commonName: 'Breast study', validDays: 3650, keyBits: 2048, now });
});

const issue = (request: LeafRequest): Promise<IssuedLeaf> =>
  issueLeaf({ root, request, keyPair, validDays: 360, now });

test.each([3072, 4096] as const)(
  'a root has a key of %i bits on request',
  async (keyBits) => {
    const made = await createRootCa({ commonName: 'bits', validDays: 1, keyBits, now });
    expect(made.privateKey.asymmetricKeyDetails?.modulusLength).toBe(keyBits);
  },
  60_000,
);

test('a root may outlive the year 2050', async () => {
  const long = await createRootCa({ commonName: 'long', validDays: 36_500, keyBits: 2048, now });
  expect(new Date(new X509Certificate(long.certificatePem).validTo).getUTCFullYear()).toBe(2126);
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
        const missing = asked.subjectAltNames.filter(({ type, value }) =>
          type === 'ip'
            ? certificate.checkIP(value) === undefined
            : certificate.subjectAltName?.includes(`DNS:${value}`) !== true,
        );
        expect(missing).toEqual([]);
        return certificate.serialNumber === leaf.serial;
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  test('a leaf passes the strict check of OpenSSL', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        expect(opensslVerify(root.certificatePem, (await issue(asked)).certificatePem, now)).toBe(
          'leaf.pem: OK\n',
        );
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
