import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { opensslVerify } from '../../test/support/openssl.ts';
import { selfSignedCertificate } from './self-signed-certificate.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const issue = (names: readonly string[]): Promise<string> =>
  selfSignedCertificate({
    names,
    publicKeyDer: publicKey.export({ type: 'pkcs1', format: 'der' }),
    privateKey,
    validDays: 365,
    now: NOW,
  });

describe('a self-signed certificate', () => {
  it('is for all names and addresses', async () => {
    const certificate = new X509Certificate(
      await issue(['dash.example.org', '*.flare.example.org', '192.0.2.7', '::1']),
    );
    expect(certificate.subject).toBe('CN=dash.example.org');
    expect(certificate.checkHost('dash.example.org')).toBe('dash.example.org');
    expect(certificate.checkHost('a.flare.example.org')).toBe('*.flare.example.org');
    expect(certificate.checkIP('192.0.2.7')).toBe('192.0.2.7');
    expect(certificate.checkIP('::1')).toBe('::1');
    expect(certificate.checkHost('other.example.org')).toBeUndefined();
    expect(certificate.verify(publicKey)).toBe(true);
  });

  it('passes the strict check of OpenSSL as its own root', async () => {
    const pem = await issue(['dash.example.org']);
    expect(opensslVerify(pem, pem, new Date('2026-06-01T00:00:00Z'))).toContain('leaf.pem: OK');
  });

  it('takes the first name that fits into a subject', async () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.example.org`;
    const certificate = new X509Certificate(await issue([long, 'short.example.org']));
    expect(certificate.subject).toBe('CN=short.example.org');
    expect(certificate.checkHost(long)).toBe(long);
  });

  it('rejects a name that no certificate can hold', async () => {
    await expect(issue(['krankenhäuser.example.org'])).rejects.toMatchObject({ code: 'name_invalid' });
  });
});
