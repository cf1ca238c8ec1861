import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { opensslText, opensslVerify } from '../../test/support/openssl.ts';
import { createRootCa, type RootCa } from './root-ca.ts';

const now = new Date('2026-11-23T22:00:00.789Z');
const DAY = 86_400_000;

// Each test makes one of its own, so that mutation testing sees which test reaches what.
const newRoot = (): Promise<RootCa> =>
  createRootCa({ commonName: 'Breast study', validDays: 3650, keyBits: 2048, now });

describe('the root certificate', () => {
  test('is a certificate authority by critical extensions, named after the project', async () => {
    const { certificatePem } = await newRoot();
    const text = opensslText(certificatePem);
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE\n/);
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature, Certificate Sign, CRL Sign\n/);
    expect(text).toMatch(/Subject Alternative Name: \n\s+DNS:Breast study\n/);
    expect(text).toMatch(/Issuer: CN=Breast study\n/);
    expect(text).toMatch(/Subject: CN=Breast study\n/);
    expect(text).toMatch(/Signature Algorithm: sha256WithRSAEncryption/);
  });

  test('is signed by its own key and holds, also by the strict check of OpenSSL, for the days asked', async () => {
    const { certificatePem, privateKey } = await newRoot();
    expect(opensslVerify(certificatePem, certificatePem, now)).toBe('leaf.pem: OK\n');
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(privateKey)).toBe(true);
    expect(privateKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(new Date(certificate.validFrom)).toEqual(new Date('2026-11-23T22:00:00Z'));
    expect(new Date(certificate.validTo).getTime()).toBe(Date.parse('2026-11-23T22:00:00Z') + 3650 * DAY);
  });

  test.each(['', 'x'.repeat(65), 'a\nb'])('is not made for the name %j', async (commonName) => {
    const work = createRootCa({ commonName, validDays: 1, keyBits: 2048, now });
    await expect(work).rejects.toMatchObject({ code: 'name_invalid' });
  });
});
