import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  Base64Bytes,
  derivePassphraseKey,
  isSameCheck,
  KeyDerivation,
  newPassphraseKey,
} from './passphrase-key.ts';
import { PkiError } from './pki-error.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const BEGIN = '-----BEGIN SEALED ROOT KEY-----';
const END = '-----END SEALED ROOT KEY-----';

const Header = z.strictObject({
  version: z.literal(1),
  kdf: KeyDerivation,
  /** Distinguishes a wrong passphrase from a damaged row. */
  check: Base64Bytes,
  cipher: z.strictObject({ name: z.literal(CIPHER), nonce: Base64Bytes }),
});

interface Envelope {
  readonly header: z.infer<typeof Header>;
  /** The header as it appears in the text; the cipher's tag covers it, so that no parameter can be exchanged. */
  readonly bound: Buffer;
  readonly sealed: Buffer;
}

/** True when the text is an envelope of {@link seal}. */
export const isEnvelope = (stored: string): boolean => stored.trimStart().startsWith(BEGIN);

/**
 * Encrypts under a passphrase: scrypt (N = 2^17, r = 8, p = 1) and AES-256-GCM. The text is framed like PEM: one
 * line of JSON with the parameters, then ciphertext and tag in base64.
 */
export const seal = async (content: Buffer, passphrase: string): Promise<string> => {
  const nonce = randomBytes(NONCE_BYTES);
  const { key, check, kdf } = await newPassphraseKey(passphrase);
  const header = JSON.stringify({
    version: 1,
    kdf,
    check: check.toString('base64'),
    cipher: { name: CIPHER, nonce: nonce.toString('base64') },
  });
  const cipher = createCipheriv(CIPHER, key, nonce);
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
      sealed: Base64Bytes.parse(body.join('')),
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
  const { key, check } = await derivePassphraseKey(passphrase, header.kdf);
  if (header.check.length !== check.length) {
    throw new PkiError('key_damaged');
  }
  if (!isSameCheck(header.check, check)) {
    throw new PkiError('passphrase_wrong');
  }
  try {
    const decipher = createDecipheriv(CIPHER, key, header.cipher.nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(bound);
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw new PkiError('key_damaged', { cause: error });
  }
};
