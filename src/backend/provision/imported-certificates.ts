import { createHash, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { shown } from './project-document.ts';

/** A certificate that provisioning issued, as the ledger knows them. */
export interface ImportedCertificate {
  readonly commonName: string;
  readonly organization: string;
  readonly role: string;
  readonly serial: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly publicKeySha256: string;
  /** Of the root CA that issued it. */
  readonly rootSha256: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subjectAltNames: readonly string[];
}

/** NVFLARE keeps the role of a console's user in unstructuredName. */
const Subject = z.object({
  CN: z.string().min(1),
  O: z.string().default(''),
  unstructuredName: z.string().default(''),
});

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const namesIn = (certificate: X509Certificate): readonly string[] =>
  (certificate.subjectAltName ?? '')
    .split(', ')
    .map((name) => /^(?:DNS|IP Address):"?(.+?)"?$/.exec(name)?.[1] ?? '')
    .filter((name) => name !== '');

/** @returns a certificate, or why it is none of this project */
const readCertificate = (pem: string, root: X509Certificate): ImportedCertificate | string => {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    return 'it cannot be read';
  }
  const subject = Subject.safeParse(certificate.toLegacyObject().subject).data;
  if (subject === undefined) {
    return 'it names nobody';
  }
  if (!certificate.verify(root.publicKey)) {
    return 'it was not issued by this root CA';
  }
  return {
    commonName: subject.CN,
    organization: subject.O,
    role: subject.unstructuredName,
    serial: certificate.serialNumber.toUpperCase(),
    sha256: sha256(certificate.raw),
    publicKeySha256: sha256(certificate.publicKey.export({ type: 'spki', format: 'der' })),
    rootSha256: sha256(root.raw),
    notBefore: certificate.validFromDate,
    notAfter: certificate.validToDate,
    subjectAltNames: namesIn(certificate),
  };
};

/**
 * Reads the certificates that provisioning keeps beside its root CA.
 *
 * @param given PEM by the name under which it is kept
 * @returns them, and line by line those that cannot be taken
 */
export const readImportedCertificates = (
  given: Readonly<Record<string, string>>,
  rootPem: string,
): { readonly certificates: readonly ImportedCertificate[]; readonly notTaken: readonly string[] } => {
  const root = new X509Certificate(rootPem);
  const bySerial = new Map<string, ImportedCertificate>();
  const notTaken: string[] = [];
  for (const [name, pem] of Object.entries(given)) {
    const read = readCertificate(pem, root);
    if (typeof read === 'string') {
      notTaken.push(`certificate of ${shown(name)}: ${read}`);
    } else {
      bySerial.set(read.serial, read);
    }
  }
  return { certificates: [...bySerial.values()], notTaken };
};
