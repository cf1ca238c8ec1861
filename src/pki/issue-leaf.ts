import { createHash, type KeyObject } from 'node:crypto';
import type { CertificateKind, IssuedLeaf, LeafRequest } from '../contract/certificate.ts';
import { certificatePem, randomSerial, signCertificate, subjectPublicKeyInfo } from './certificate.ts';
import { toDer } from './der.ts';
import { distinguishedName } from './distinguished-name.ts';
import {
  authorityKeyIdentifier,
  extendedKeyUsage,
  keyIdentifierOf,
  subjectAltNames,
  subjectKeyIdentifier,
  type KeyPurpose,
} from './extensions.ts';
import { PkiError } from './pki-error.ts';
import { readRootCertificate } from './root-certificate.ts';
import type { RsaKeyPair } from './rsa-key-pair.ts';
import { validityFrom } from './validity.ts';

export interface LeafIssue {
  readonly root: { readonly certificatePem: string; readonly privateKey: KeyObject };
  readonly request: LeafRequest;
  /** Used for this leaf and never again. */
  readonly keyPair: RsaKeyPair;
  /** Cut to the root's end. */
  readonly validDays: number;
  readonly now: Date;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** What each kind of certificate may be used for; servers and listeners connect to others as clients, too. */
const PURPOSES: Readonly<Record<CertificateKind, readonly KeyPurpose[]>> = {
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
export const issueLeaf = async ({
  root,
  request,
  keyPair,
  validDays,
  now,
}: LeafIssue): Promise<IssuedLeaf> => {
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
        unstructuredName: request.role,
      }),
      notBefore,
      notAfter,
      publicKeyDer: keyPair.publicKeyDer,
      extensions: [
        subjectKeyIdentifier(keyIdentifierOf(keyPair.publicKeyDer)),
        authorityKeyIdentifier(issuer.keyIdentifier),
        subjectAltNames(request.subjectAltNames),
        extendedKeyUsage(PURPOSES[request.kind]),
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
    privateKeyPem: keyPair.privateKeyPem,
    serial: serial.toString('hex').toUpperCase(),
    notBefore,
    notAfter,
    sha256: sha256(der),
    publicKeySha256: sha256(toDer(subjectPublicKeyInfo(keyPair.publicKeyDer))),
  };
};
