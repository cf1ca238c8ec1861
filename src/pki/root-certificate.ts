import { createHash, X509Certificate } from 'node:crypto';
import { certificateParts, extensionOf, type CertificateParts } from './certificate-parts.ts';
import { bytesOf, fromDer, type Asn1 } from './der.ts';
import { keyIdentifierOf } from './extensions.ts';
import { OID } from './oids.ts';
import { PkiError } from './pki-error.ts';

/** Describes what a leaf takes from its root. */
export interface RootCertificate {
  /** The root's subject exactly as encoded there: issuers are compared byte for byte. */
  readonly subject: Asn1;
  readonly keyIdentifier: Buffer;
  readonly notAfter: Date;
  /** SHA-256 of the DER, lower-case hexadecimal. */
  readonly sha256: string;
}

const subjectKeyIdentifierIn = (parts: CertificateParts): Buffer | undefined => {
  const extension = extensionOf(parts, OID.subjectKeyIdentifier);
  return extension === undefined ? undefined : bytesOf(fromDer(extension.value));
};

/** The certificate read last: a project has one root, and every leaf needs it. */
let last: { readonly pem: string; readonly root: RootCertificate } | undefined;

/**
 * Reads the parts of a root certificate that its leaves repeat.
 *
 * @param pem X.509 PEM, one certificate
 * @throws PkiError `root_damaged` when it cannot be read or is not a certificate authority's
 */
export const readRootCertificate = (pem: string): RootCertificate => {
  if (last?.pem === pem) {
    return last.root;
  }
  try {
    const certificate = new X509Certificate(pem);
    if (!certificate.ca) {
      throw new Error('it is not the certificate of a certificate authority');
    }
    const parts = certificateParts(certificate);
    const root = {
      subject: parts.subject,
      keyIdentifier:
        subjectKeyIdentifierIn(parts) ??
        keyIdentifierOf(certificate.publicKey.export({ type: 'pkcs1', format: 'der' })),
      notAfter: new Date(certificate.validTo),
      sha256: createHash('sha256').update(certificate.raw).digest('hex'),
    };
    last = { pem, root };
    return root;
  } catch (error) {
    throw new PkiError('root_damaged', {
      cause: error,
      detail: error instanceof Error ? error.message : 'unknown',
    });
  }
};
