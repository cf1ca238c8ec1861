import { generateKeyPairSync } from 'node:crypto';
import type { RsaKeyPair } from '../../src/pki/rsa-key-pair.ts';

/** A new pair of the smallest size that kits may have. */
export const newRsaKeyPair = (): RsaKeyPair => {
  const made = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'pkcs1', format: 'der' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return { bits: 2048, publicKeyDer: made.publicKey, privateKeyPem: made.privateKey };
};
