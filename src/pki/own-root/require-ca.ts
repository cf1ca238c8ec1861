import type { X509Certificate } from 'node:crypto';
import type { OwnRootWarning } from '../../contract/own-root.ts';
import { certificateParts, extensionOf, oidHex, type CertificateParts } from '../certificate-parts.ts';
import { bytesOf, fromUntrustedDer, itemsOf } from '../der.ts';
import { OID } from '../oids.ts';
import { OwnRootError } from './own-root-error.ts';

const MIN_KEY_BITS = 2048;
const MAX_KEY_BITS = 8192;
const KEY_CERT_SIGN = 0b0000_0100;
const CRL_SIGN = 0b0000_0010;
const WEAK_SIGNATURES = new Set([OID.md5WithRsa, OID.sha1WithRsa, OID.sha1WithEcdsa].map(oidHex));
/** NVFLARE 2.9 refuses a root with any other critical extension (its path verifier knows only these). */
const KNOWN = new Set([OID.basicConstraints, OID.keyUsage, OID.extendedKeyUsage].map(oidHex));
const PURPOSES = [OID.serverAuth, OID.clientAuth].map(oidHex);

const requireKey = ({ publicKey }: X509Certificate): void => {
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (publicKey.asymmetricKeyType !== 'rsa') {
    throw new OwnRootError('root_not_rsa', { detail: `its key is of type ${publicKey.asymmetricKeyType}` });
  }
  if (bits < MIN_KEY_BITS || bits > MAX_KEY_BITS) {
    throw new OwnRootError('root_weak', { detail: `its key has ${bits} bits` });
  }
};

/** Node's `ca` also looks at keyUsage, which has a reason of its own. */
const isCa = (parts: CertificateParts): boolean => {
  const constraints = extensionOf(parts, OID.basicConstraints);
  const [ca] = constraints === undefined ? [] : itemsOf(fromUntrustedDer(constraints.value));
  return constraints?.critical === true && (bytesOf(ca)[0] ?? 0) !== 0;
};

/** Returns the first eight bits of keyUsage; none without it. A bit string starts with the count of its unused bits. */
const usagesOf = (parts: CertificateParts): number => {
  const usage = extensionOf(parts, OID.keyUsage);
  return usage === undefined ? 0 : (bytesOf(fromUntrustedDer(usage.value))[1] ?? 0);
};

const requireCaExtensions = (parts: CertificateParts): void => {
  if (!isCa(parts)) {
    throw new OwnRootError('root_not_ca');
  }
  if ((usagesOf(parts) & KEY_CERT_SIGN) === 0) {
    throw new OwnRootError('root_no_cert_sign');
  }
};

const requireUnrestricted = (parts: CertificateParts): void => {
  const unknown = [...parts.extensions].some(([type, { critical }]) => critical && !KNOWN.has(type));
  const purposes = extensionOf(parts, OID.extendedKeyUsage);
  const allowed =
    purposes === undefined
      ? PURPOSES
      : itemsOf(fromUntrustedDer(purposes.value)).map((purpose) => bytesOf(purpose).toString('hex'));
  if (
    unknown ||
    extensionOf(parts, OID.nameConstraints) !== undefined ||
    !PURPOSES.every((purpose) => allowed.includes(purpose))
  ) {
    throw new OwnRootError('root_restricted');
  }
};

const requireValidity = ({ validFrom, validTo }: X509Certificate, now: Date): void => {
  const [from, to] = [new Date(validFrom), new Date(validTo)];
  if (to <= now) {
    throw new OwnRootError('root_outdated', { detail: `on ${to.toISOString().slice(0, 10)}` });
  }
  if (from > now) {
    throw new OwnRootError('root_not_yet_valid', { detail: `valid from ${from.toISOString()}` });
  }
};

const partsOf = (certificate: X509Certificate): CertificateParts => {
  try {
    return certificateParts(certificate);
  } catch (error) {
    throw new OwnRootError('root_unreadable', { cause: error });
  }
};

/**
 * Checks that NVFLARE 2.4 to 2.9 accept a certificate as rootCA.pem, and those that it signs.
 *
 * @param commonName the project's short name
 * @throws OwnRootError
 */
export const requireRootCa = (certificate: X509Certificate, commonName: string, now: Date): void => {
  requireKey(certificate);
  const parts = partsOf(certificate);
  if (WEAK_SIGNATURES.has(parts.signatureAlgorithm)) {
    throw new OwnRootError('root_weak', { detail: 'it is signed with SHA-1 or MD5' });
  }
  requireCaExtensions(parts);
  requireUnrestricted(parts);
  requireValidity(certificate, now);
  const [name, ...more] = parts.commonNames;
  if (name !== commonName || more.length > 0) {
    throw new OwnRootError('root_wrong_name', {
      detail: `${JSON.stringify(parts.commonNames.join(', '))} instead of ${JSON.stringify(commonName)}`,
    });
  }
};

/**
 * Returns how many CAs may be below this one, besides the one that it signs itself; undefined: any number.
 *
 * @throws OwnRootError
 */
export const pathLengthOf = (certificate: X509Certificate): number | undefined => {
  const constraints = extensionOf(partsOf(certificate), OID.basicConstraints);
  const [, length] = constraints === undefined ? [] : itemsOf(fromUntrustedDer(constraints.value));
  return length === undefined ? undefined : Number(`0x${bytesOf(length).toString('hex')}`);
};

/** Returns what an accepted root CA does not allow. @throws OwnRootError */
export const rootWarnings = (certificate: X509Certificate): readonly OwnRootWarning[] => [
  ...(pathLengthOf(certificate) === 0 ? (['no_job_ca'] as const) : []),
  ...((usagesOf(partsOf(certificate)) & CRL_SIGN) === 0 ? (['no_crl'] as const) : []),
];
