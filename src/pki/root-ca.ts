import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyBits } from '../contract/certificate.ts';
import { certificatePem, randomSerial, signCertificate } from './certificate.ts';
import type { Asn1 } from './der.ts';
import { distinguishedName } from './distinguished-name.ts';
import {
  authorityKeyIdentifier,
  authorityKeyUsage,
  caBasicConstraints,
  keyIdentifierOf,
  subjectAltNames,
  subjectKeyIdentifier,
} from './extensions.ts';
import { readRootCertificate } from './root-certificate.ts';
import { publicKeyOf, type SigningKey } from './signing-key.ts';
import { validityFrom } from './validity.ts';

export interface RootCaRequest {
  /** The project's short name: the whole subject and issuer, and the only alternative name. */
  readonly commonName: string;
  readonly validDays: number;
  readonly keyBits: KeyBits;
  readonly now: Date;
}

export interface RootCa {
  /** X.509 PEM. */
  readonly certificatePem: string;
  readonly privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** Generates a root's key. */
export const generateRootKey = async (keyBits: KeyBits): Promise<KeyObject> =>
  (await generate('rsa', { modulusLength: keyBits })).privateKey;

/**
 * Generates a project's root: its key and a self-signed certificate that NVFLARE 2.4 to 2.9 accept and
 * `openssl verify -x509_strict` passes (RFC 5280, 4.2.1).
 *
 * @throws PkiError `name_invalid`
 */
export const createRootCa = async ({ keyBits, ...request }: RootCaRequest): Promise<RootCa> => {
  // Its name is checked before the key is generated, which takes long.
  distinguishedName({ commonName: request.commonName });
  const privateKey = await generateRootKey(keyBits);
  return { certificatePem: await rootCertificate(request, privateKey), privateKey };
};

interface SelfSignedRoot {
  readonly subject: Asn1;
  readonly commonName: string;
  readonly identifier: Buffer;
  readonly validDays: number;
  readonly now: Date;
}

const selfSigned = async (
  { subject, commonName, identifier, validDays, now }: SelfSignedRoot,
  privateKey: SigningKey,
): Promise<string> => {
  const der = await signCertificate(
    {
      serial: randomSerial(),
      issuer: subject,
      subject,
      ...validityFrom(now, validDays),
      publicKeyDer: publicKeyOf(privateKey).export({ type: 'pkcs1', format: 'der' }),
      extensions: [
        subjectKeyIdentifier(identifier),
        authorityKeyIdentifier(identifier),
        caBasicConstraints(),
        authorityKeyUsage(),
        subjectAltNames([{ type: 'dns', value: commonName }]),
      ],
    },
    privateKey,
  );
  return certificatePem(der);
};

/**
 * Issues a root's self-signed certificate for a key that exists already.
 *
 * @returns X.509 PEM
 * @throws PkiError `name_invalid`
 */
export const rootCertificate = (
  { commonName, validDays, now }: Omit<RootCaRequest, 'keyBits'>,
  privateKey: SigningKey,
): Promise<string> => {
  const identifier = keyIdentifierOf(publicKeyOf(privateKey).export({ type: 'pkcs1', format: 'der' }));
  const subject = distinguishedName({ commonName });
  return selfSigned({ subject, commonName, identifier, validDays, now }, privateKey);
};

/**
 * Issues the next certificate of a root with the same subject and key, so that either certificate verifies what the
 * other one has signed.
 *
 * @param before its present certificate, PEM
 * @returns X.509 PEM
 * @throws PkiError `root_damaged`
 */
export const renewedRootCertificate = (
  before: string,
  options: Omit<RootCaRequest, 'keyBits'>,
  privateKey: SigningKey,
): Promise<string> => {
  const { subject, keyIdentifier: identifier } = readRootCertificate(before);
  return selfSigned({ ...options, subject, identifier }, privateKey);
};
