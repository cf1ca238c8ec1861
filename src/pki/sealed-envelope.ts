import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { z } from 'zod';
import { PkiError } from './pki-error.ts';

/** Cost of the key derivation (RFC 7914): about a third of a second and 128 MiB. */
const COST = { N: 131_072, r: 8, p: 1 } as const;
const CIPHER = 'aes-256-gcm';
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const CHECK_BYTES = 32;
const BEGIN = '-----BEGIN SEALED ROOT KEY-----';
const END = '-----END SEALED ROOT KEY-----';

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'));

const isPowerOfTwo = (count: number): boolean => Number.isInteger(Math.log2(count));

/** Bounds keep a tampered row from demanding gigabytes of memory or hours of work. */
const Header = z.strictObject({
  version: z.literal(1),
  kdf: z
    .strictObject({
      name: z.literal('scrypt'),
      N: z.int().min(1024).max(1_048_576),
      r: z.int().min(1).max(16),
      p: z.int().min(1).max(4),
      salt: base64,
    })
    .refine(({ N, r }) => isPowerOfTwo(N) && N < 2 ** (16 * r), 'is no work that RFC 7914 (2) knows'),
  /** SHA-256 of the derived bytes that are not the key: distinguishes a wrong passphrase from a damaged row. */
  check: base64,
  cipher: z.strictObject({ name: z.literal(CIPHER), nonce: base64 }),
});

interface Envelope {
  readonly header: z.infer<typeof Header>;
  /** The header as it appears in the text; the cipher's tag covers it, so that no parameter can be exchanged. */
  readonly bound: Buffer;
  readonly sealed: Buffer;
}

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

const derive = (passphrase: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 132 * N * r * p };
    scrypt(passphrase.normalize('NFC'), salt, KEY_BYTES + CHECK_BYTES, options, (error, derived) => {
      if (error) {
        reject(error);
      } else {
        resolve(derived);
      }
    });
  });

const checkOf = (derived: Buffer): Buffer =>
  createHash('sha256').update(derived.subarray(KEY_BYTES)).digest();

/** True when the text is an envelope of {@link seal}. */
export const isEnvelope = (stored: string): boolean => stored.trimStart().startsWith(BEGIN);

/**
 * Encrypts under a passphrase: scrypt (N = 2^17, r = 8, p = 1) and AES-256-GCM. The text is framed like PEM: one
 * line of JSON with the parameters, then ciphertext and tag in base64.
 */
export const seal = async (content: Buffer, passphrase: string): Promise<string> => {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const derived = await derive(passphrase, salt, COST);
  const header = JSON.stringify({
    version: 1,
    kdf: { name: 'scrypt', ...COST, salt: salt.toString('base64') },
    check: checkOf(derived).toString('base64'),
    cipher: { name: CIPHER, nonce: nonce.toString('base64') },
  });
  const cipher = createCipheriv(CIPHER, derived.subarray(0, KEY_BYTES), nonce);
  cipher.setAAD(Buffer.from(header));
  const sealed = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  return [BEGIN, header, ...(sealed.toString('base64').match(/.{1,64}/g) ?? []), END, ''].join('\n');
};

const parse = (stored: string): Envelope => {
  try {
    const [begin, header = '', ...body] = stored.trim().split(/\r?\n/);
    if (begin !== BEGIN || body.pop() !== END) {
      throw new Error('its frame is broken');
    }
    return {
      header: Header.parse(JSON.parse(header)),
      bound: Buffer.from(header),
      sealed: base64.parse(body.join('')),
    };
  } catch (error) {
    throw new PkiError('key_damaged', { cause: error });
  }
};

/**
 * Opens an envelope of {@link seal}.
 *
 * @throws PkiError `passphrase_wrong`, or `key_damaged` when the envelope was changed
 */
export const unseal = async (stored: string, passphrase: string): Promise<Buffer> => {
  const { header, bound, sealed } = parse(stored);
  const derived = await derive(passphrase, header.kdf.salt, header.kdf);
  const expected = checkOf(derived);
  if (header.check.length !== expected.length) {
    throw new PkiError('key_damaged');
  }
  if (!timingSafeEqual(header.check, expected)) {
    throw new PkiError('passphrase_wrong');
  }
  try {
    const key = derived.subarray(0, KEY_BYTES);
    const decipher = createDecipheriv(CIPHER, key, header.cipher.nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(bound);
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw new PkiError('key_damaged', { cause: error });
  }
};
