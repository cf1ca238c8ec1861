import { createHash, generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { opensslRoot } from '../../test/support/openssl.ts';
import { certificatePem, signCertificate } from './certificate.ts';
import { toDer, type Asn1 } from './der.ts';
import { distinguishedName } from './distinguished-name.ts';
import { caBasicConstraints, subjectKeyIdentifier } from './extensions.ts';
import { readRootCertificate } from './root-certificate.ts';

// Too small for use and quick to make.
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const publicKeyDer = publicKey.export({ type: 'pkcs1', format: 'der' });
const newName = (): Asn1 => distinguishedName({ commonName: 'Brust-Studie Köln' });
const notAfter = new Date('2036-11-23T22:00:00Z');
const identifier = Buffer.from('a1b2c3', 'hex');

const rootWith = async (extensions: readonly Asn1[]): Promise<string> => {
  const name = newName();
  const content = {
    serial: Uint8Array.of(0x40),
    issuer: name,
    subject: name,
    notBefore: new Date(0),
    notAfter,
  };
  return certificatePem(await signCertificate({ ...content, publicKeyDer, extensions }, privateKey));
};

test('a root gives its leaves its subject, its key identifier and its end', async () => {
  const root = readRootCertificate(await rootWith([caBasicConstraints(), subjectKeyIdentifier(identifier)]));
  expect(toDer(root.subject).equals(toDer(newName()))).toBe(true);
  expect(root.keyIdentifier).toEqual(identifier);
  expect(root.notAfter).toEqual(notAfter);
});

test("a root's subject is repeated as it is encoded, in whatever string type", () => {
  const pem = opensslRoot(privateKey, { subject: '/C=DE/CN=Study', keyIdentifier: 'a1:b2:c3', days: 1 });
  // PrintableString for the country, UTF8String for the name, as OpenSSL chose.
  expect(toDer(readRootCertificate(pem).subject).toString('hex')).toBe(
    '301d310b300906035504061302444531' + '0e300c06035504030c055374756479',
  );
});

test('the key identifier of a root is found, too, where its maker called it critical', () => {
  const pem = opensslRoot(privateKey, { subject: '/CN=Study', keyIdentifier: 'critical,a1:b2:c3', days: 1 });
  expect(readRootCertificate(pem).keyIdentifier).toEqual(identifier);
});

test('a root without a key identifier is named by the SHA-1 of its key', async () => {
  const { keyIdentifier } = readRootCertificate(await rootWith([caBasicConstraints()]));
  expect(keyIdentifier).toEqual(createHash('sha1').update(publicKeyDer).digest());
});

test('a root is read once, and another one anew', async () => {
  const first = await rootWith([caBasicConstraints(), subjectKeyIdentifier(identifier)]);
  const read = readRootCertificate(first);
  expect(readRootCertificate(first)).toBe(read);
  expect(readRootCertificate(await rootWith([caBasicConstraints()]))).not.toEqual(read);
});

test('the certificate of no authority is refused as a root', async () => {
  const leaf = await rootWith([subjectKeyIdentifier(identifier)]);
  expect(() => readRootCertificate(leaf)).toThrow(
    expect.objectContaining({
      code: 'root_damaged',
      message: expect.stringMatching(/: it is not the certificate of a certificate authority$/),
    }),
  );
});

test.each(['', 'nonsense', '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n'])(
  'what is no certificate is refused as a root, and the cause is kept: %j',
  (pem) => {
    expect(() => readRootCertificate(pem)).toThrow(
      expect.objectContaining({
        code: 'root_damaged',
        cause: expect.objectContaining({ message: expect.any(String) }),
      }),
    );
  },
);
