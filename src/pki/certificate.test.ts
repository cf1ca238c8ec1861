import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { certificatePem, randomSerial, signCertificate, type CertificateContent } from './certificate.ts';
import { fromDer, itemsOf, toDer } from './der.ts';
import { distinguishedName } from './distinguished-name.ts';
import { subjectKeyIdentifier } from './extensions.ts';

// Too small for use and quick to make.
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });

const notBefore = new Date('2026-11-23T22:00:00Z');
const notAfter = new Date('2050-01-01T00:00:00Z');

const newContent = (): CertificateContent => ({
  serial: Buffer.from('4a0000000000000000000000000000000000007f', 'hex'),
  issuer: distinguishedName({ commonName: 'issuer' }),
  subject: distinguishedName({ commonName: 'subject' }),
  notBefore,
  notAfter,
  publicKeyDer: publicKey.export({ type: 'pkcs1', format: 'der' }),
  extensions: [subjectKeyIdentifier(Buffer.from('010203', 'hex'))],
});

describe('a serial', () => {
  const newSerials = (): readonly Buffer[] => Array.from({ length: 300 }, randomSerial);

  test('has 20 bytes, of which the first is neither negative nor zero', () => {
    for (const serial of newSerials()) {
      expect(serial).toHaveLength(20);
      expect(serial[0]).toBeGreaterThanOrEqual(0x40);
      expect(serial[0]).toBeLessThanOrEqual(0x7f);
    }
  });

  test('is random from its first byte on', () => {
    const serials = newSerials();
    for (const position of [0, 1, 19]) {
      expect(new Set(serials.map((serial) => serial[position])).size).toBeGreaterThan(32);
    }
  });
});

describe('a signed certificate', () => {
  test('says what was put into it and is signed by the key', async () => {
    const certificate = new X509Certificate(await signCertificate(newContent(), privateKey));
    expect(certificate.verify(publicKey)).toBe(true);
    expect(certificate.serialNumber).toBe('4A0000000000000000000000000000000000007F');
    expect([certificate.issuer, certificate.subject]).toEqual(['CN=issuer', 'CN=subject']);
    expect(new Date(certificate.validFrom)).toEqual(notBefore);
    expect(new Date(certificate.validTo)).toEqual(notAfter);
    expect(certificate.publicKey.equals(publicKey)).toBe(true);
  });

  test('has version 3 and names its algorithms as RFC 5280 and RFC 4055 want it', async () => {
    const der = await signCertificate(newContent(), privateKey);
    const [tbs, algorithm] = itemsOf(fromDer(der));
    const [version, , inner, , , , key, extensions] = itemsOf(tbs).map((item) => toDer(item).toString('hex'));
    expect(version).toBe('a003020102');
    expect(inner).toBe('300d06092a864886f70d01010b0500');
    expect(algorithm && toDer(algorithm).toString('hex')).toBe(inner);
    expect(key).toBe(publicKey.export({ type: 'spki', format: 'der' }).toString('hex'));
    expect(extensions).toBe('a310300e300c0603551d0e04050403010203');
    // A bit string of 129 bytes, none of its bits unused; its 128 bytes of signature end the certificate.
    expect(der.subarray(-132, -128).toString('hex')).toBe('03818100');
  });

  test('is not made by a key that cannot sign so, and the error is that of the signing', async () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    await expect(signCertificate(newContent(), other)).rejects.toMatchObject({
      message: expect.stringContaining('invalid digest'),
    });
  });
});

test('PEM has lines of 64 characters at most between its frame and ends in a line feed', () => {
  const pem = certificatePem(Buffer.from('x'.repeat(60)));
  expect(pem).toBe(
    [
      '-----BEGIN CERTIFICATE-----',
      'eHh4'.repeat(16),
      'eHh4'.repeat(4),
      '-----END CERTIFICATE-----',
      '',
    ].join('\n'),
  );
});
