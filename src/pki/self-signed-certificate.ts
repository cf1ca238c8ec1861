import type { KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { certificatePem, randomSerial, signCertificate } from './certificate.ts';
import { distinguishedName } from './distinguished-name.ts';
import {
  authorityKeyIdentifier,
  extendedKeyUsage,
  keyIdentifierOf,
  subjectAltNames,
  subjectKeyIdentifier,
} from './extensions.ts';
import { MAX_COMMON_NAME } from '../contract/names.ts';
import { validityFrom } from './validity.ts';

export interface SelfSignedRequest {
  /** Host names and IP addresses; the subject is the first that is short enough. */
  readonly names: readonly string[];
  /** RSAPublicKey of PKCS#1. */
  readonly publicKeyDer: Uint8Array;
  readonly privateKey: KeyObject;
  readonly validDays: number;
  readonly now: Date;
}

/**
 * Issues a web server's certificate that its own key signed.
 *
 * @returns PEM
 * @throws PkiError `name_invalid`
 */
export const selfSignedCertificate = async ({
  names,
  publicKeyDer,
  privateKey,
  validDays,
  now,
}: SelfSignedRequest): Promise<string> => {
  const commonName = names.find((name) => name.length <= MAX_COMMON_NAME) ?? 'dashboard';
  const subject = distinguishedName({ commonName });
  const identifier = keyIdentifierOf(publicKeyDer);
  const content = {
    serial: randomSerial(),
    issuer: subject,
    subject,
    ...validityFrom(now, validDays),
    publicKeyDer,
    extensions: [
      subjectKeyIdentifier(identifier),
      authorityKeyIdentifier(identifier),
      subjectAltNames(names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }))),
      extendedKeyUsage(['serverAuth']),
    ],
  };
  return certificatePem(await signCertificate(content, privateKey));
};
