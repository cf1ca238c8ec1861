import { createHash, type KeyObject } from 'node:crypto';
import type { IssuedLeaf, LeafRequest } from '../contract/certificate.ts';
import { certificatePem, randomSerial, signCertificate } from './certificate.ts';
import { distinguishedName } from './distinguished-name.ts';
import {
  authorityKeyIdentifier,
  keyIdentifierOf,
  subjectAltNames,
  subjectKeyIdentifier,
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

/**
 * Issues the certificate of a kit: CN, O and role in the subject, both key identifiers and the alternative names.
 * Neither basic constraints nor key usages are written: NVFLARE's servers are TLS clients too, and its runtimes
 * narrow what a certificate may do as soon as a usage is named.
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
      ],
    },
    root.privateKey,
  );
  return {
    kind: request.kind,
    commonName: request.commonName,
    certificatePem: certificatePem(der),
    privateKeyPem: keyPair.privateKeyPem,
    serial: serial.toString('hex').toUpperCase(),
    notBefore,
    notAfter,
    sha256: createHash('sha256').update(der).digest('hex'),
  };
};
