import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { rawRequest, rsaPublicKey } from '../../test/support/raw-request.ts';
import { fromDer, implicitSet, oid, sequence, set, toDer, utf8 } from './der.ts';
import { generalNames } from './extensions.ts';
import { readCertificateRequest } from './certificate-request.ts';

const folder = mkdtempSync(join(tmpdir(), 'csr-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const openssl = (...args: readonly string[]): void => {
  execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
};
openssl('genrsa', '-out', 'key.pem', '2048');

const made = (subject: string, ...more: readonly string[]): Buffer => {
  openssl(
    'req',
    '-new',
    '-config',
    '/dev/null',
    '-key',
    'key.pem',
    '-subj',
    subject,
    '-out',
    'a.csr',
    ...more,
  );
  return readFileSync(join(folder, 'a.csr'));
};
const withKey = (...options: readonly string[]): Buffer => {
  openssl('genpkey', '-out', 'other.pem', ...options);
  openssl('req', '-new', '-config', '/dev/null', '-key', 'other.pem', '-subj', '/CN=site-1', '-out', 'b.csr');
  return readFileSync(join(folder, 'b.csr'));
};
const key = createPrivateKey(readFileSync(join(folder, 'key.pem')));
const raw = (differences: Parameters<typeof rawRequest>[1]): Buffer => rawRequest(key, differences);
/** A text of another type of ASN.1. */
const named = (type: number, content: Buffer) => fromDer(Buffer.from([type, content.length, ...content]));
const modulus = (size: number): Buffer => Buffer.concat([Buffer.of(0), Buffer.alloc(size / 8, 0xc5)]);
const rsa = (bits: number, ...more: readonly string[]): Buffer =>
  withKey('-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`, ...more);

test('reads the alternative names that a request asks for', () => {
  const asked = made('/CN=site-1', '-addext', 'subjectAltName=DNS:site-1,IP:127.0.0.1');
  const names = [
    { type: 'dns', value: 'site-1' },
    { type: 'ip', value: '127.0.0.1' },
  ] as const;
  expect(readCertificateRequest(asked).alternativeNames).toEqual(toDer(generalNames(names)));
  expect(readCertificateRequest(made('/CN=site-1')).alternativeNames).toBeUndefined();
});

test.each([
  ['PEM', []],
  ['DER', ['-outform', 'DER']],
] as const)('reads names and key of a request in %s', (_form, options) => {
  expect(
    readCertificateRequest(made('/CN=site-1/O=hospital/unstructuredName=client', ...options)),
  ).toMatchObject({
    commonName: 'site-1',
    organization: 'hospital',
    unstructuredName: 'client',
    keyBits: 2048,
  });
});

test('gives the digest of the public key as OpenSSL computes it', () => {
  openssl('pkey', '-in', 'key.pem', '-pubout', '-outform', 'DER', '-out', 'public.der');
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, 'public.der')))
    .digest('hex');
  expect(readCertificateRequest(made('/CN=site-1')).publicKeySha256).toBe(digest);
});

test('reads a request with a challenge password and a name that it was given', () => {
  const challenge = sequence([oid('1.2.840.113549.1.9.7'), set([utf8('secret')])]);
  const attributes = implicitSet(0, [challenge]);
  expect(readCertificateRequest(raw({ attributes })).commonName).toBe('site-1');
});

describe('refuses', () => {
  const flipped = (): Buffer => {
    const der = made('/CN=site-1', '-outform', 'DER');
    der[der.length - 5] = (der[der.length - 5] ?? 0) ^ 1;
    return der;
  };
  const renamed = (): Buffer => {
    const der = made('/CN=site-1', '-outform', 'DER');
    return Buffer.from(der.toString('latin1').replace('site-1', 'site-2'), 'latin1');
  };
  const keyAndRequest = (): Buffer =>
    Buffer.concat([readFileSync(join(folder, 'key.pem')), made('/CN=site-1')]);
  const cases: readonly (readonly [string, () => Buffer, RegExp])[] = [
    [
      'an EC key',
      () => withKey('-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'),
      /type ec; NVFLARE/,
    ],
    ['an Ed25519 key', () => withKey('-algorithm', 'ED25519'), /type ed25519/],
    ['an RSA key of 1,024 bits', () => rsa(1024), /1024 bits; 2048 are the least/],
    [
      'an RSA key of 16,384 bits',
      () => raw({ publicKey: rsaPublicKey(modulus(16_384), 3) }),
      /8192 are the most/,
    ],
    [
      'a public exponent of 1',
      () => raw({ publicKey: rsaPublicKey(modulus(2048), 1) }),
      /another exponent|cannot be read/,
    ],
    [
      'an RSA-PSS key',
      () => withKey('-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'),
      /type rsa-pss/,
    ],
    [
      'a signature with PSS',
      () => made('/CN=site-1', '-sigopt', 'rsa_padding_mode:pss'),
      /not signed with RSA and/,
    ],
    ['a signature with MD5', () => made('/CN=site-1', '-md5'), /not signed with RSA and/],
    ['a name in UTF-16', () => raw({ commonName: named(30, Buffer.from('\0s\0i')) }), /unusual type/],
    ['a name in UTF-32', () => raw({ commonName: named(28, Buffer.from('\0\0\0s')) }), /unusual type/],
    ['a name in T.61', () => raw({ commonName: named(20, Buffer.from('site-1')) }), /unusual type/],
    [
      'a name with a zero in it',
      () => raw({ commonName: utf8('site-1\0.example.org') }),
      /control characters/,
    ],
    [
      'a name that is not UTF-8',
      () => raw({ commonName: named(12, Buffer.from([0xc3, 0x28])) }),
      /not UTF-8/,
    ],
    ['an empty name', () => raw({ commonName: utf8('') }), /no CN/],
    ['a small public exponent', () => rsa(2048, '-pkeyopt', 'rsa_keygen_pubexp:3'), /another exponent/],
    ['a signature with SHA-1', () => made('/CN=site-1', '-sha1'), /not signed with RSA and SHA-256/],
    ['a changed signature', flipped, /signature is wrong/],
    ['a changed name', renamed, /signature is wrong/],
    ['a private key beside it', keyAndRequest, /private key/],
    [
      'further extensions beside names',
      () => made('/CN=site-1', '-addext', 'subjectAltName=DNS:a', '-addext', 'keyUsage=keyCertSign'),
      /extensions/,
    ],
    [
      'extensions as Microsoft requests them',
      () =>
        raw({ attributes: implicitSet(0, [sequence([oid('1.3.6.1.4.1.311.2.1.14'), set([sequence([])])])]) }),
      /extensions/,
    ],
    ['requested CA rights', () => made('/CN=site-1', '-addext', 'basicConstraints=CA:TRUE'), /extensions/],
    ['two names', () => made('/CN=site-1/CN=site-2'), /one CN/],
    ['a name part of several', () => made('/CN=site-1+O=x', '-multivalue-rdn'), /one CN/],
    ['an attribute that is not used', () => made('/C=DE/CN=site-1'), /nothing else/],
    ['no name', () => made('/O=hospital'), /no CN/],
    [
      'two requests',
      () => Buffer.concat([made('/CN=site-1'), made('/CN=site-1')]),
      /neither DER nor one PEM/,
    ],
    ['bytes after it', () => Buffer.concat([made('/CN=site-1', '-outform', 'DER'), Buffer.of(0)]), /not DER/],
    ['other text', () => Buffer.from('hello'), /neither DER nor one PEM/],
    ['nothing', () => Buffer.alloc(0), /neither DER nor one PEM/],
    ['a sequence of nothing', () => Buffer.of(0x30, 0), /PKCS#10/],
    ['a deep nest', () => Buffer.from('3080'.repeat(4000), 'hex'), /not DER/],
    ['more than 16 KiB', () => Buffer.alloc(17 * 1024, 0x30), /longer than/],
  ];
  test.each(cases)('%s', (_what, request, reason) => {
    expect(() => readCertificateRequest(request())).toThrow(reason);
    expect(() => readCertificateRequest(request())).toThrow(
      expect.objectContaining({ code: 'request_invalid' }),
    );
  });
});
