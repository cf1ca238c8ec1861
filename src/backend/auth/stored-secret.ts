import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

const keyOf = (tokenKey: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', tokenKey, '', 'second factor', KEY_BYTES));

/**
 * Encrypts a secret for the database (AES-256-GCM).
 *
 * @param tokenKey of the dashboard, from which the key is derived (HKDF, RFC 5869)
 * @param owner the one row in which it can be opened
 */
export const sealStored = (tokenKey: Uint8Array, owner: string, secret: string): string => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(tokenKey), iv).setAAD(Buffer.from(owner));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, text, cipher.getAuthTag()]).toString('base64');
};

/** Decrypts it. @returns undefined with another key, for another owner, and for a changed text */
export const openStored = (tokenKey: Uint8Array, owner: string, sealed: string): string | undefined => {
  const bytes = Buffer.from(sealed, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(tokenKey), bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(owner))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
};
