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

/** Work of the key derivation (RFC 7914): about a third of a second and 128 MiB. */
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

/** Bounds keep a changed row from ordering gigabytes or hours of work. */
const Envelope = z.strictObject({
  version: z.literal(1),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    N: z.int().min(1024).max(1_048_576),
    r: z.int().min(1).max(16),
    p: z.int().min(1).max(4),
    salt: base64,
  }),
  /** SHA-256 of the derived bytes that are not the key: tells a wrong passphrase from a damaged row. */
  check: base64,
  cipher: z.strictObject({ name: z.literal(CIPHER), nonce: base64 }),
  sealed: base64,
});

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

const derive = (passphrase: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 132 * N * r * p };
    scrypt(passphrase.normalize('NFC'), salt, KEY_BYTES + CHECK_BYTES, options, (error, derived) => {
      if (error) reject(error);
      else resolve(derived);
    });
  });

const checkOf = (derived: Buffer): Buffer =>
  createHash('sha256').update(derived.subarray(KEY_BYTES)).digest();

/** What the cipher's tag covers beside the key, so that no parameter can be exchanged. */
const boundTo = (cost: Cost, salt: Buffer): Buffer =>
  Buffer.from(
    ['sealed-root-key', 1, 'scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), CIPHER].join('\n'),
  );

/** True when the text is an envelope of {@link seal}. */
export const isEnvelope = (stored: string): boolean => stored.trimStart().startsWith(BEGIN);

/**
 * Encrypts under a passphrase: scrypt (N = 2^17, r = 8, p = 1) and AES-256-GCM, as text of the form of PEM whose
 * body is a versioned JSON document.
 */
export const seal = async (content: Buffer, passphrase: string): Promise<string> => {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const derived = await derive(passphrase, salt, COST);
  const cipher = createCipheriv(CIPHER, derived.subarray(0, KEY_BYTES), nonce);
  cipher.setAAD(boundTo(COST, salt));
  const sealed = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  const envelope = {
    version: 1,
    kdf: { name: 'scrypt', ...COST, salt: salt.toString('base64') },
    check: checkOf(derived).toString('base64'),
    cipher: { name: CIPHER, nonce: nonce.toString('base64') },
    sealed: sealed.toString('base64'),
  };
  const body =
    Buffer.from(JSON.stringify(envelope))
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [BEGIN, ...body, END, ''].join('\n');
};

const parse = (stored: string): z.infer<typeof Envelope> => {
  try {
    const text = stored.trim();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) throw new Error('its end is missing');
    const body = Buffer.from(text.slice(BEGIN.length, -END.length), 'base64').toString('utf8');
    return Envelope.parse(JSON.parse(body));
  } catch (cause) {
    throw new PkiError('key_damaged', { cause });
  }
};

/**
 * Opens what {@link seal} made.
 *
 * @throws PkiError `passphrase_wrong`, or `key_damaged` when the envelope was changed
 */
export const unseal = async (stored: string, passphrase: string): Promise<Buffer> => {
  const { kdf, check, cipher, sealed } = parse(stored);
  const derived = await derive(passphrase, kdf.salt, kdf);
  const expected = checkOf(derived);
  if (check.length !== expected.length) throw new PkiError('key_damaged');
  if (!timingSafeEqual(check, expected)) throw new PkiError('passphrase_wrong');
  try {
    const decipher = createDecipheriv(CIPHER, derived.subarray(0, KEY_BYTES), cipher.nonce, {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(boundTo(kdf, kdf.salt));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new PkiError('key_damaged', { cause });
  }
};
