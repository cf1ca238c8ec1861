import { createPublicKey, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CA_EXTENSIONS, OwnCa } from '../../../test/support/own-ca.ts';
import { readRootKey } from './read-key.ts';
import { readOwnRoot, type OwnRoot } from './own-root.ts';
import { rootWarnings } from './require-ca.ts';

const DAY = 86_400_000;
const CONSTRAINTS = 'basicConstraints=critical,CA:TRUE';
const CERT_SIGN = 'keyUsage=critical,keyCertSign';
const ca = new OwnCa();
const later = (days: number): Date => new Date(Date.now() + days * DAY);
afterAll(() => {
  ca.remove();
});

const read = (pem: string, key: string, now = new Date(), commonName = 'study'): OwnRoot =>
  readOwnRoot(pem, { publicKey: createPublicKey(ca.key(key)), commonName, now });
const refusal = (code: string): unknown => expect.objectContaining({ name: 'OwnRootError', code });

beforeAll(() => {
  ca.make('root');
  ca.make('other');
  ca.make('hospital', { subject: '/O=Hospital/CN=Hospital Root' });
  ca.make('issuing', { keyOf: 'other', subject: '/O=Hospital/CN=Issuing', issuer: 'hospital' });
  ca.make('signed', { issuer: 'issuing' });
});

describe('a self-signed root', () => {
  test('is taken with its key', () => {
    expect(read(ca.certificate('root'), 'root')).toEqual({
      certificatePem: ca.certificate('root'),
      chainPem: '',
    });
  });

  test('is taken with further names in its subject', () => {
    ca.make('named', { keyOf: 'root', subject: '/C=DE/O=Hospital/CN=study' });
    expect(read(ca.certificate('named'), 'named').chainPem).toBe('');
  });

  test.each([
    ['an EC key', 'root_not_rsa', { key: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'] }],
    ['an Ed25519 key', 'root_not_rsa', { key: ['-algorithm', 'ED25519'] }],
    [
      'an RSA-PSS key',
      'root_not_rsa',
      { key: ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'] },
    ],
    ['1,024 bits', 'root_weak', { key: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'] }],
    ['SHA-1', 'root_weak', { digest: 'sha1' }],
    ['MD5', 'root_weak', { digest: 'md5' }],
    ['no extensions', 'root_not_ca', { extensions: ['subjectKeyIdentifier=hash'] }],
    ['another CN', 'root_wrong_name', { subject: '/CN=studies' }],
    ['two CNs', 'root_wrong_name', { subject: '/CN=study/CN=study' }],
    ['no CN', 'root_wrong_name', { subject: '/O=study' }],
    ['CA:FALSE', 'root_not_ca', { extensions: ['basicConstraints=critical,CA:FALSE', CERT_SIGN] }],
    ['no basicConstraints', 'root_not_ca', { extensions: [CERT_SIGN] }],
    [
      'basicConstraints that are not critical',
      'root_not_ca',
      { extensions: ['basicConstraints=CA:TRUE', CERT_SIGN] },
    ],
    ['no keyUsage', 'root_no_cert_sign', { extensions: [CONSTRAINTS] }],
    [
      'keyUsage without keyCertSign',
      'root_no_cert_sign',
      { extensions: [CONSTRAINTS, 'keyUsage=critical,cRLSign'] },
    ],
    [
      'a purpose that is not TLS',
      'root_restricted',
      { extensions: [...CA_EXTENSIONS, 'extendedKeyUsage=emailProtection'] },
    ],
    [
      'only one of the TLS purposes',
      'root_restricted',
      { extensions: [...CA_EXTENSIONS, 'extendedKeyUsage=serverAuth'] },
    ],
    [
      'name constraints',
      'root_restricted',
      { extensions: [...CA_EXTENSIONS, 'nameConstraints=permitted;DNS:example.org'] },
    ],
    [
      'another critical extension',
      'root_restricted',
      { extensions: [...CA_EXTENSIONS, 'certificatePolicies=critical,1.2.3.4'] },
    ],
  ])('is refused with %s', (what, code, options) => {
    const name = what.replaceAll(/\W/g, '-');
    const pem = ca.make(name, { keyOf: 'root', ...options });
    expect(() => read(pem, name)).toThrow(refusal(code));
  });

  test.each([
    ['expired', 'root_outdated', 301],
    ['not valid yet', 'root_not_yet_valid', -1],
  ])('is refused when it is %s', (_what, code, days) => {
    expect(() => read(ca.certificate('root'), 'root', later(days))).toThrow(refusal(code));
  });

  test('is refused with another key', () => {
    expect(() => read(ca.certificate('root'), 'other')).toThrow(refusal('root_mismatch'));
  });

  test('is refused with a second certificate', () => {
    const both = ca.certificate('root') + ca.certificate('other');
    expect(() => read(both, 'root')).toThrow(refusal('root_surplus'));
  });

  test('is refused when a byte of it was changed', () => {
    ca.openssl('x509', '-in', 'root.pem', '-outform', 'der', '-out', 'root.der');
    const der = ca.bytes('root.der');
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
    expect(() => read(pem, 'root')).toThrow(refusal('root_chain_incomplete'));
  });
});

describe('a root that is accepted', () => {
  const warningsWith = (...extensions: readonly string[]) =>
    rootWarnings(new X509Certificate(ca.make('warned', { keyOf: 'root', extensions })));

  test('is warned of for pathlen:0 and for a missing cRLSign', () => {
    const end = 'basicConstraints=critical,CA:TRUE,pathlen:0';
    expect(warningsWith(end, CERT_SIGN)).toEqual(['no_job_ca', 'no_crl']);
    expect(warningsWith(end, 'keyUsage=critical,keyCertSign,cRLSign')).toEqual(['no_job_ca']);
    expect(warningsWith('basicConstraints=critical,CA:TRUE,pathlen:1', CERT_SIGN)).toEqual(['no_crl']);
    expect(warningsWith(...CA_EXTENSIONS)).toEqual([]);
  });
});

describe('a root that another CA has signed', () => {
  test('is taken with its chain in any order', () => {
    const [own, issuing, hospital] = ['signed', 'issuing', 'hospital'].map((name) => ca.certificate(name));
    expect(read(`${hospital}\n${own}${issuing}`, 'signed')).toEqual({
      certificatePem: own,
      chainPem: `${issuing}${hospital}`,
    });
  });

  test('may forbid CAs below it', () => {
    const extensions = ['basicConstraints=critical,CA:TRUE,pathlen:0', CERT_SIGN];
    const pem = ca.make('last', { keyOf: 'root', issuer: 'hospital', extensions });
    expect(read(pem + ca.certificate('hospital'), 'last').chainPem).toBe(ca.certificate('hospital'));
  });

  test('may be below a CA with an EC key', () => {
    const key = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    ca.make('ec', { subject: '/CN=EC Root', key });
    const pem = ca.make('below-ec', { keyOf: 'root', issuer: 'ec' });
    expect(read(pem + ca.certificate('ec'), 'below-ec').chainPem).toBe(ca.certificate('ec'));
  });

  test.each([
    ['signed', []],
    ['issuing', ['issuing']],
  ])('is refused when the chain ends at %s', (_end, above) => {
    const pem = ['signed', ...above].map((name) => ca.certificate(name)).join('');
    expect(() => read(pem, 'signed')).toThrow(refusal('root_chain_incomplete'));
  });

  test('is refused below a CA that allows none', () => {
    const extensions = ['basicConstraints=critical,CA:TRUE,pathlen:0', CERT_SIGN];
    ca.make('narrow', { keyOf: 'other', subject: '/CN=Narrow', issuer: 'hospital', extensions });
    const pem = ca.make('too-deep', { keyOf: 'root', issuer: 'narrow' });
    const whole = pem + ca.certificate('narrow') + ca.certificate('hospital');
    expect(() => read(whole, 'too-deep')).toThrow(refusal('root_path_length'));
  });

  test('is refused below an expired CA', () => {
    ca.make('short', { keyOf: 'other', subject: '/CN=Short', days: 10 });
    const pem = ca.make('outlives', { keyOf: 'root', issuer: 'short' });
    expect(() => read(pem + ca.certificate('short'), 'outlives', later(20))).toThrow(
      refusal('root_chain_invalid'),
    );
  });
});

describe('what is no certificate', () => {
  test('is refused as PKCS#12, with what to do', () => {
    ca.write('pass', 'secret');
    ca.openssl(
      ...['pkcs12', '-export', '-inkey', 'root.key', '-in', 'root.pem', '-passout', 'file:pass'],
      ...['-out', 'root.p12'],
    );
    const p12 = ca.bytes('root.p12');
    expect(() => read(p12.toString('latin1'), 'root')).toThrow(refusal('root_pkcs12'));
    const wrapped = `-----BEGIN CERTIFICATE-----\n${p12.toString('base64')}\n-----END CERTIFICATE-----`;
    expect(() => read(wrapped, 'root')).toThrow(/openssl pkcs12/);
  });

  test.each([
    ['nothing', () => ''],
    ['a text', () => 'root'],
    ['a request', () => ca.read('signed.csr')],
    ['a damaged certificate', () => ca.certificate('root').replace('MII', 'MIX')],
    ['the private key beside it', () => ca.certificate('root') + ca.key('root')],
  ])('is refused: %s', (_what, pem) => {
    expect(() => read(pem(), 'root')).toThrow(refusal('root_unreadable'));
  });
});

describe('a root key', () => {
  test.each([
    ['PKCS#8', () => ca.key('root'), undefined],
    ['encrypted PKCS#8', () => ca.encryptedKey('root', 'geheim und lang'), 'geheim und lang'],
    ['PKCS#8 encrypted with 3DES', () => ca.encryptedKey('root', 'x', '-v2', 'des3'), 'x'],
  ])('is read as %s', (_form, pem, passphrase) => {
    const key = readRootKey(pem(), passphrase);
    expect(createPublicKey(key).equals(createPublicKey(ca.key('root')))).toBe(true);
  });

  test('is read as encrypted PKCS#1', () => {
    ca.write('passphrase', 'old form');
    ca.openssl(
      'rsa',
      '-traditional',
      '-aes256',
      '-in',
      'root.key',
      '-passout',
      'file:passphrase',
      '-out',
      'old.key',
    );
    expect(readRootKey(ca.read('old.key'), 'old form').type).toBe('private');
  });

  test.each([
    ['without its passphrase', 'key_encrypted', undefined],
    ['with a wrong passphrase', 'key_passphrase_wrong', 'wrong'],
  ])('is refused %s', (_what, code, passphrase) => {
    const pem = ca.encryptedKey('root', 'right');
    expect(() => readRootKey(pem, passphrase)).toThrow(refusal(code));
  });

  test.each([
    ['PBKDF2', ['-v2', 'aes-256-cbc', '-iter', '2000001']],
    ['a derivation of PKCS#12', ['-v1', 'PBE-SHA1-3DES', '-iter', '2000001']],
    [
      'the number of blocks of scrypt',
      ['-scrypt', '-scrypt_N', '1024', '-scrypt_r', '8', '-scrypt_p', '257'],
    ],
  ])('is refused before anything is derived when %s asks for too much', (_what, options) => {
    const pem = ca.encryptedKey('root', 'right', ...options);
    expect(() => readRootKey(pem, 'right')).toThrow(refusal('key_derivation'));
  });

  test('is refused with billions of rounds at once', () => {
    const der = Buffer.from(
      ca
        .encryptedKey('root', 'right', '-v2', 'aes-256-cbc', '-iter', '1000000')
        .replaceAll(/-----[^-]+-----/g, ''),
      'base64',
    );
    const at = der.indexOf(Buffer.from([0x02, 0x03, 0x0f, 0x42, 0x40]));
    der.set([0x02, 0x03, 0x7f, 0xff, 0xff], at);
    const pem = `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${der.toString('base64')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
    const started = performance.now();
    expect(() => readRootKey(pem, 'right')).toThrow(/8,388,607 rounds/);
    expect(performance.now() - started).toBeLessThan(100);
  });

  test.each([
    ['scrypt', ['-scrypt']],
    ['a million rounds', ['-v2', 'aes-256-cbc', '-iter', '1000000']],
  ])('is read with %s', (_what, options) => {
    expect(readRootKey(ca.encryptedKey('root', 'right', ...options), 'right').type).toBe('private');
  });

  test('is refused as an EC key, encrypted or not', () => {
    ca.openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'ec-only.key');
    expect(() => readRootKey(ca.key('ec-only'), undefined)).toThrow(refusal('key_not_rsa'));
    const sealed = ca.encryptedKey('ec-only', 'right');
    expect(() => readRootKey(sealed, 'right')).toThrow(refusal('key_not_rsa'));
  });

  test.each([
    ['a certificate', () => ca.certificate('root')],
    ['two keys', () => ca.key('root') + ca.key('other')],
    ['a damaged key', () => ca.key('root').replace('MII', 'MIX')],
  ])('is refused: %s', (_what, pem) => {
    expect(() => readRootKey(pem(), undefined)).toThrow(refusal('key_unreadable'));
  });
});
