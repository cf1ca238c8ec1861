import { X509Certificate } from 'node:crypto';
import { bytesOf, fromDer, itemsOf, oid, tagOf, type Asn1 } from './der.ts';
import { keyIdentifierOf } from './extensions.ts';
import { OID } from './oids.ts';
import { PkiError } from './pki-error.ts';

/** Describes what a leaf takes from its root. */
export interface RootCertificate {
  /** The root's subject exactly as encoded there: issuers are compared byte for byte. */
  readonly subject: Asn1;
  readonly keyIdentifier: Buffer;
  readonly notAfter: Date;
}

const SUBJECT_POSITION = 5;
const EXTENSIONS_TAG = 3;
const KEY_IDENTIFIER_TYPE = bytesOf(oid(OID.subjectKeyIdentifier));

const subjectKeyIdentifierIn = (tbs: readonly Asn1[]): Buffer | undefined => {
  const wrapped = tbs.find((item, position) => position > SUBJECT_POSITION && tagOf(item) === EXTENSIONS_TAG);
  const extension = itemsOf(itemsOf(wrapped)[0]).find((item) =>
    bytesOf(itemsOf(item)[0]).equals(KEY_IDENTIFIER_TYPE),
  );
  const value = bytesOf(itemsOf(extension).at(-1));
  return value.length === 0 ? undefined : bytesOf(fromDer(value));
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
    const tbs = itemsOf(itemsOf(fromDer(certificate.raw))[0]);
    const subject = tbs[SUBJECT_POSITION];
    if (subject === undefined) {
      throw new Error('it has no subject');
    }
    const root = {
      subject,
      keyIdentifier:
        subjectKeyIdentifierIn(tbs) ??
        keyIdentifierOf(certificate.publicKey.export({ type: 'pkcs1', format: 'der' })),
      notAfter: new Date(certificate.validTo),
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
