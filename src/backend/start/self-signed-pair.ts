import { createPrivateKey, generateKeyPair, X509Certificate } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeTogether } from '../context/write-whole.ts';
import { selfSignedCertificate } from '../../pki/self-signed-certificate.ts';

const KEY_BITS = 3072;
const VALID_DAYS = 365;

/**
 * Writes web.crt and web.key (both 0600) into a folder; what was there is replaced.
 *
 * @param names host names and IP addresses, the first one the subject
 * @returns SHA-256 of the certificate
 */
export const writeSelfSignedPair = async (
  folder: string,
  names: readonly string[],
  now: Date,
): Promise<string> => {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: KEY_BITS,
    publicKeyEncoding: { type: 'pkcs1', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificate = await selfSignedCertificate({
    names,
    publicKeyDer: publicKey,
    privateKey: createPrivateKey(privateKey),
    validDays: VALID_DAYS,
    now,
  });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeTogether(
    new Map([
      [join(folder, 'web.key'), privateKey],
      [join(folder, 'web.crt'), certificate],
    ]),
  );
  return new X509Certificate(certificate).fingerprint256;
};
