import { createPrivateKey, type KeyObject } from 'node:crypto';
import { PkiError } from './pki-error.ts';
import { isEncryptedPem, openEncryptedPem, openPlainPem } from './pem-key.ts';
import { isEnvelope, seal, unseal } from './sealed-envelope.ts';

const isGiven = (passphrase: string | undefined): passphrase is string =>
  passphrase !== undefined && passphrase !== '';

/** True when what is stored only names a key in a hardware token (RFC 7512). */
export const isInHardware = (stored: string): boolean => stored.startsWith('pkcs11:');

/** True when what is stored cannot sign by itself: it needs a passphrase, whatever its form, or a token. */
export const isSealed = (stored: string): boolean =>
  isEnvelope(stored) || isEncryptedPem(stored) || isInHardware(stored);

/** Returns what is stored: a readable key, one under a passphrase, or only the name of one in a token. */
export const storedAs = (stored: string): 'clear' | 'encrypted' | 'token' =>
  isInHardware(stored) ? 'token' : isSealed(stored) ? 'encrypted' : 'clear';

/**
 * Returns the root key in its stored form: an envelope under the passphrase, or plain PKCS#1 PEM without one.
 *
 * @param passphrase undefined and the empty text mean none
 */
export const sealRootKey = async (privateKey: KeyObject, passphrase: string | undefined): Promise<string> =>
  isGiven(passphrase)
    ? seal(privateKey.export({ type: 'pkcs8', format: 'der' }), passphrase)
    : privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

/**
 * Opens a stored root key: a sealed envelope, the encrypted PEM of NVIDIA's dashboard, or plain PEM.
 *
 * @param passphrase undefined and the empty text mean none
 * @throws PkiError `passphrase_missing`, `passphrase_wrong`, `passphrase_unneeded` or `key_damaged`
 */
export const openRootKey = async (stored: string, passphrase: string | undefined): Promise<KeyObject> => {
  if (!isSealed(stored)) {
    const key = openPlainPem(stored);
    if (isGiven(passphrase)) {
      throw new PkiError('passphrase_unneeded');
    }
    return key;
  }
  if (!isGiven(passphrase)) {
    throw new PkiError('passphrase_missing');
  }
  if (!isEnvelope(stored)) {
    return openEncryptedPem(stored, passphrase);
  }
  const key = await unseal(stored, passphrase);
  try {
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  } catch (error) {
    throw new PkiError('key_damaged', { cause: error });
  } finally {
    key.fill(0);
  }
};

/**
 * Returns the same key under another passphrase (or none), as a sealed envelope or plain PEM.
 *
 * @throws PkiError as {@link openRootKey}
 */
export const rewrapRootKey = async (
  stored: string,
  passphrase: string | undefined,
  newPassphrase: string | undefined,
): Promise<string> => sealRootKey(await openRootKey(stored, passphrase), newPassphrase);
