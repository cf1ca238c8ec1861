import { createHash } from 'node:crypto';
import type { CertificateKind, IssuedCertificate, IssuedLeaf, LeafRequest } from '../contract/certificate.ts';
import { certificatePem, randomSerial, signCertificate, subjectPublicKeyInfo } from './certificate.ts';
import { toDer } from './der.ts';
import { distinguishedName } from './distinguished-name.ts';
import {
  authorityKeyIdentifier,
  authorityKeyUsage,
  extendedKeyUsage,
  keyIdentifierOf,
  lastCaBasicConstraints,
  subjectAltNames,
  subjectKeyIdentifier,
  type KeyPurpose,
} from './extensions.ts';
import { PkiError } from './pki-error.ts';
import { readRootCertificate } from './root-certificate.ts';
import type { RsaKeyPair } from './rsa-key-pair.ts';
import { validityFrom } from './validity.ts';
import type { SigningKey } from './signing-key.ts';

/** A certificate for a key that the CA need not know. */
export interface CertificateIssue {
  readonly root: { readonly certificatePem: string; readonly privateKey: SigningKey };
  readonly request: LeafRequest;
  /** RSAPublicKey of PKCS#1, DER. */
  readonly publicKeyDer: Uint8Array;
  /** Cut to the root's end. */
  readonly validDays: number;
  readonly now: Date;
}

export interface LeafIssue extends Omit<CertificateIssue, 'publicKeyDer'> {
  /** Used for this leaf and never again. */
  readonly keyPair: RsaKeyPair;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Purposes of each kind of certificate; servers and listeners connect to others as clients, too. */
const PURPOSES: Readonly<Record<Exclude<CertificateKind, 'job-ca'>, readonly KeyPurpose[]>> = {
  server: ['serverAuth', 'clientAuth'],
  overseer: ['serverAuth', 'clientAuth'],
  listener: ['serverAuth', 'clientAuth'],
  client: ['clientAuth'],
  admin: ['clientAuth'],
};

/**
 * Issues the certificate of a kit: CN, O and role in the subject, both key identifiers, the alternative names and an
 * extended key usage, so that a site's or user's certificate cannot serve as a server's (RFC 5280, 4.2.1.12).
 *
 * @throws PkiError `root_expired`, `root_damaged`, `name_invalid`
 */
export const issueCertificate = async ({
  root,
  request,
  publicKeyDer,
  validDays,
  now,
}: CertificateIssue): Promise<IssuedCertificate> => {
  const issuer = readRootCertificate(root.certificatePem);
  const { notBefore, notAfter: wanted } = validityFrom(now, validDays);
  if (notBefore >= issuer.notAfter) {
    throw new PkiError('root_expired', { detail: `at ${issuer.notAfter.toISOString()}` });
  }
  const notAfter = wanted < issuer.notAfter ? wanted : issuer.notAfter;
  const serial = randomSerial();
  const der = await signCertificate(
    {
      serial,
      issuer: issuer.subject,
      subject: distinguishedName({
        commonName: request.commonName,
        organization: request.organization,
        unstructuredName: request.role ?? request.certificateType,
      }),
      notBefore,
      notAfter,
      publicKeyDer,
      extensions: [
        subjectKeyIdentifier(keyIdentifierOf(publicKeyDer)),
        authorityKeyIdentifier(issuer.keyIdentifier),
        subjectAltNames(request.subjectAltNames),
        ...(request.kind === 'job-ca'
          ? [lastCaBasicConstraints(), authorityKeyUsage()]
          : [extendedKeyUsage(PURPOSES[request.kind])]),
      ],
    },
    root.privateKey,
  );
  return {
    kind: request.kind,
    commonName: request.commonName,
    organization: request.organization,
    role: request.role,
    subjectAltNames: request.subjectAltNames.map(({ value }) => value),
    certificatePem: certificatePem(der),
    serial: serial.toString('hex').toUpperCase(),
    notBefore,
    notAfter,
    sha256: sha256(der),
    publicKeySha256: sha256(toDer(subjectPublicKeyInfo(publicKeyDer))),
    rootSha256: issuer.sha256,
  };
};

/** Issues the certificate of a kit with the key that goes into it. @throws PkiError as {@link issueCertificate} */
export const issueLeaf = async ({ keyPair, ...issue }: LeafIssue): Promise<IssuedLeaf> => ({
  ...(await issueCertificate({ ...issue, publicKeyDer: keyPair.publicKeyDer })),
  privateKeyPem: keyPair.privateKeyPem,
});
