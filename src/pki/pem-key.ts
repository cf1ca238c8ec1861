import { createPrivateKey, type KeyObject } from 'node:crypto';
import { PkiError } from './pki-error.ts';

const BLOCK = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----\r?\n([\s\S]*?)-----END \1-----/;
const LEGACY_HEADER = /^Proc-Type: ?4,ENCRYPTED\r?\nDEK-Info: ?[A-Z0-9-]+,[0-9A-F]+\r?\n\r?\n/i;
const BASE64_LINES = /^[A-Za-z0-9+/\r\n]+={0,2}[\r\n]*$/;
/** Smallest encrypted block that could hold an RSA key. */
const MIN = 64;
const CIPHER_BLOCK = 16;

/** True for the two encrypted PEM forms: OpenSSL's old `Proc-Type` headers and encrypted PKCS#8. */
export const isEncryptedPem = (stored: string): boolean =>
  stored.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----') || /^Proc-Type: ?4,ENCRYPTED/im.test(stored);

/** Decryption fails alike for a wrong passphrase and a changed body; only the outer form distinguishes them. */
const looksWhole = (stored: string): boolean => {
  const [, label, body = ''] = BLOCK.exec(stored) ?? [];
  const legacy = label !== 'ENCRYPTED PRIVATE KEY';
  if (legacy && !LEGACY_HEADER.test(body)) {
    return false;
  }
  const encoded = body.replace(LEGACY_HEADER, '');
  if (!BASE64_LINES.test(encoded)) {
    return false;
  }
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length < MIN) {
    return false;
  }
  if (legacy) {
    return bytes.length % CIPHER_BLOCK === 0;
  }
  return bytes[0] === 0x30 && bytes[1] === 0x82 && bytes.readUInt16BE(2) + 4 === bytes.length;
};

const rsaOnly = (key: KeyObject): KeyObject => {
  if (key.asymmetricKeyType !== 'rsa') {
    throw new PkiError('key_damaged', { detail: 'it is not an RSA key' });
  }
  return key;
};

/**
 * Reads a plain PEM key, PKCS#1 or PKCS#8.
 *
 * @throws PkiError `key_damaged`
 */
export const openPlainPem = (stored: string): KeyObject => {
  try {
    return rsaOnly(createPrivateKey(stored));
  } catch (error) {
    throw error instanceof PkiError ? error : new PkiError('key_damaged', { cause: error });
  }
};

/**
 * Reads an encrypted PEM key as existing projects store it.
 *
 * @throws PkiError `passphrase_wrong` or `key_damaged`
 */
export const openEncryptedPem = (stored: string, passphrase: string): KeyObject => {
  if (!looksWhole(stored)) {
    throw new PkiError('key_damaged');
  }
  try {
    return rsaOnly(createPrivateKey({ key: stored, passphrase }));
  } catch (error) {
    throw error instanceof PkiError ? error : new PkiError('passphrase_wrong', { cause: error });
  }
};
