import { createCipheriv, createHash, randomBytes, scryptSync } from 'node:crypto';

/** The parameters of scrypt (RFC 7914). */
export interface Work {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** The least work an envelope may name: milliseconds, where sealing takes a third of a second. */
const LEAST: Work = { N: 1024, r: 1, p: 1 };
const salt = randomBytes(16);
const nonce = randomBytes(12);

/** 64 bytes: 32 for the cipher's key, 32 for the check. */
export const derive = (passphrase: string, itsSalt: Buffer, { N, r, p }: Work): Buffer =>
  scryptSync(passphrase, itsSalt, 64, { N, r, p, maxmem: 256 * N * r * p });

export const checkOf = (derived: Buffer): string =>
  createHash('sha256').update(derived.subarray(32)).digest('base64');

/** The header of an envelope, as sealing writes it but for the work. */
export const headerOf = (passphrase: string, work: Partial<Work> = {}) => ({
  version: 1,
  kdf: { name: 'scrypt', ...LEAST, ...work, salt: salt.toString('base64') },
  check: checkOf(derive(passphrase, salt, { ...LEAST, ...work })),
  cipher: { name: 'aes-256-gcm', nonce: nonce.toString('base64') },
});

/** An envelope made without the code under test; whatever its header says, ciphertext and tag fit it. */
export const envelopeLines = (
  content: Buffer,
  passphrase: string,
  header: object = headerOf(passphrase),
  work: Partial<Work> = {},
): readonly string[] => {
  const text = JSON.stringify(header);
  const key = derive(passphrase, salt, { ...LEAST, ...work }).subarray(0, 32);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(text));
  const sealed = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  const body = sealed.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN SEALED ROOT KEY-----', text, ...body, '-----END SEALED ROOT KEY-----'];
};
