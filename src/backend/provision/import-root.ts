import { createPublicKey, X509Certificate } from 'node:crypto';
import { PkiError } from '../../pki/pki-error.ts';
import { isSealed, openRootKey, sealRootKey } from '../../pki/root-key.ts';
import { StartError } from '../context/start-error.ts';
import type { SavedRoot } from '../store/stored-root.ts';

/** A root CA as `nvflare provision` keeps it. */
export interface GivenRoot {
  /** PEM. */
  readonly certificate: string;
  /** PEM, encrypted or not. */
  readonly key: string;
}

const refused = (what: string, cause?: unknown): StartError =>
  new StartError(
    'failed',
    `The root CA cannot be imported: ${what}.`,
    'Give the state folder of the workspace that the deployed kits came from.',
    { cause },
  );

const PROBLEMS: Readonly<Partial<Record<PkiError['code'], string>>> = {
  passphrase_missing: 'its key is encrypted, and no passphrase was given (--passphrase-file)',
  passphrase_wrong: 'the passphrase does not open its key',
};

const certificateOf = (pem: string): X509Certificate => {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw refused('its certificate cannot be read', error);
  }
};

/**
 * Checks a root CA and puts it into the form in which projects hold it.
 *
 * @param passphrase of the key, if it is encrypted; the stored key is under it as well
 * @throws StartError when new kits could not be signed with it
 */
export const importRoot = async (
  given: GivenRoot,
  passphrase: string | undefined,
  now: Date,
): Promise<{ readonly stored: SavedRoot; readonly notAfter: Date }> => {
  const certificate = certificateOf(given.certificate);
  const notAfter = new Date(certificate.validTo);
  if (!certificate.ca) {
    throw refused('its certificate is not that of a CA');
  }
  if (notAfter <= now) {
    throw refused(`its certificate expired on ${notAfter.toISOString().slice(0, 10)}`);
  }
  try {
    const key = await openRootKey(given.key, isSealed(given.key) ? passphrase : undefined);
    if (key.asymmetricKeyType !== 'rsa') {
      throw refused('its key is not an RSA key');
    }
    if (!createPublicKey(key).equals(certificate.publicKey)) {
      throw refused('its key and certificate do not belong together');
    }
    return {
      stored: { certificatePem: certificate.toString(), key: await sealRootKey(key, passphrase) },
      notAfter,
    };
  } catch (error) {
    if (!(error instanceof PkiError)) {
      throw error;
    }
    throw refused(PROBLEMS[error.code] ?? 'its key cannot be read', error);
  }
};
