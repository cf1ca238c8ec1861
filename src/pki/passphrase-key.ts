import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Cost of the key derivation (RFC 7914): about a third of a second and 128 MiB. */
const COST = { N: 131_072, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const CHECK_BYTES = 32;

/** Bytes in base64. */
export const Base64Bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));

const isPowerOfTwo = (count: number): boolean => Number.isInteger(Math.log2(count));

/** Bounds keep a tampered header from demanding gigabytes of memory or hours of work. */
export const KeyDerivation = z
  .strictObject({
    name: z.literal('scrypt'),
    N: z.int().min(1024).max(1_048_576),
    r: z.int().min(1).max(16),
    p: z.int().min(1).max(4),
    salt: Base64Bytes,
  })
  .refine(({ N, r }) => isPowerOfTwo(N) && N < 2 ** (16 * r), 'is no work that RFC 7914 (2) knows');
type KeyDerivation = z.infer<typeof KeyDerivation>;

/** A key and what tells a wrong passphrase from damaged content. */
export interface PassphraseKey {
  /** 32 bytes. */
  readonly key: Buffer;
  /** SHA-256 of the derived bytes that are not the key. */
  readonly check: Buffer;
}

/** Derives the key of a passphrase (in NFC). */
export const derivePassphraseKey = (
  passphrase: string,
  { N, r, p, salt }: Omit<KeyDerivation, 'name'>,
): Promise<PassphraseKey> =>
  new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 132 * N * r * p };
    scrypt(passphrase.normalize('NFC'), salt, KEY_BYTES + CHECK_BYTES, options, (error, derived) => {
      if (error) {
        reject(error);
        return;
      }
      const check = createHash('sha256').update(derived.subarray(KEY_BYTES)).digest();
      resolve({ key: derived.subarray(0, KEY_BYTES), check });
    });
  });

/** Derives a key with a new salt; `kdf` is what {@link KeyDerivation} reads. */
export const newPassphraseKey = async (
  passphrase: string,
): Promise<PassphraseKey & { readonly kdf: Readonly<Record<string, string | number>> }> => {
  const salt = randomBytes(SALT_BYTES);
  const derived = await derivePassphraseKey(passphrase, { ...COST, salt });
  return { ...derived, kdf: { name: 'scrypt', ...COST, salt: salt.toString('base64') } };
};

/** True when both checks are the same. */
export const isSameCheck = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other);
