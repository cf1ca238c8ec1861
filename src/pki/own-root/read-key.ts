import { createPrivateKey, type KeyObject } from 'node:crypto';
import { isEncryptedPem } from '../pem-key.ts';
import { OwnRootError } from './own-root-error.ts';
import { requireLightDerivation } from './require-light-derivation.ts';

const BLOCK = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/g;

const openPlain = (pem: string): KeyObject => {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new OwnRootError('key_unreadable', { cause: error });
  }
};

const openEncrypted = (pem: string, passphrase: string | undefined): KeyObject => {
  if (passphrase === undefined || passphrase === '') {
    throw new OwnRootError('key_encrypted');
  }
  if (pem.includes('BEGIN ENCRYPTED')) {
    requireLightDerivation(pem);
  }
  try {
    return createPrivateKey({ key: pem, passphrase });
  } catch (error) {
    // Decryption fails alike for a wrong passphrase and a damaged file.
    throw new OwnRootError('key_passphrase_wrong', { cause: error });
  }
};

/** @throws OwnRootError `key_not_rsa` */
export const requireRsa = (key: KeyObject): KeyObject => {
  if (key.asymmetricKeyType !== 'rsa') {
    throw new OwnRootError('key_not_rsa', { detail: `its type is ${key.asymmetricKeyType}` });
  }
  return key;
};

/**
 * Reads the private key of a root CA.
 *
 * @param pem one key, PKCS#1 or PKCS#8, encrypted or not
 * @param passphrase ignored where the key is not encrypted
 * @throws OwnRootError
 */
export const readRootKey = (pem: string, passphrase: string | undefined): KeyObject => {
  const [block, ...more] = pem.match(BLOCK) ?? [];
  if (block === undefined || more.length > 0) {
    throw new OwnRootError('key_unreadable');
  }
  return requireRsa(isEncryptedPem(block) ? openEncrypted(block, passphrase) : openPlain(block));
};
