import type { X509Certificate } from 'node:crypto';
import { bytesOf, fromUntrustedDer, itemsOf, oid, tagOf, type Asn1 } from './der.ts';
import { OID } from './oids.ts';

/** Describes an extension of a certificate; `value` is its DER. */
export interface Extension {
  readonly critical: boolean;
  readonly value: Buffer;
}

/** Describes the parts of a certificate that Node does not offer. */
export interface CertificateParts {
  /** Exactly as encoded: issuers are compared byte for byte. */
  readonly subject: Asn1;
  readonly commonNames: readonly string[];
  /** By type, see {@link extensionOf}. */
  readonly extensions: ReadonlyMap<string, Extension>;
  /** Contents of the object identifier, hexadecimal. */
  readonly signatureAlgorithm: string;
}

const SUBJECT_POSITION = 5;
const EXTENSIONS_TAG = 3;
const COMMON_NAME = bytesOf(oid(OID.commonName));

/** Returns an object identifier's contents in hexadecimal. */
export const oidHex = (dotted: string): string => bytesOf(oid(dotted)).toString('hex');

export const extensionOf = ({ extensions }: CertificateParts, dotted: string): Extension | undefined =>
  extensions.get(oidHex(dotted));

const extensionsIn = (tbs: readonly Asn1[]): ReadonlyMap<string, Extension> => {
  const wrapped = tbs.find((item, position) => position > SUBJECT_POSITION && tagOf(item) === EXTENSIONS_TAG);
  return new Map(
    itemsOf(itemsOf(wrapped)[0]).map((item) => {
      const [type, ...rest] = itemsOf(item);
      const critical = rest.length > 1 && (bytesOf(rest[0])[0] ?? 0) !== 0;
      return [bytesOf(type).toString('hex'), { critical, value: bytesOf(rest.at(-1)) }];
    }),
  );
};

const commonNamesIn = (subject: Asn1): readonly string[] =>
  itemsOf(subject)
    .flatMap(itemsOf)
    .filter((pair) => bytesOf(itemsOf(pair)[0]).equals(COMMON_NAME))
    .map((pair) => bytesOf(itemsOf(pair)[1]).toString('utf8'));

/** @throws Error when it is no certificate of version 3 as RFC 5280 has it */
export const certificateParts = (certificate: X509Certificate): CertificateParts => {
  const [content, algorithm] = itemsOf(fromUntrustedDer(certificate.raw));
  const tbs = itemsOf(content);
  const subject = tbs[SUBJECT_POSITION];
  if (subject === undefined) {
    throw new Error('it has no subject');
  }
  return {
    subject,
    commonNames: commonNamesIn(subject),
    extensions: extensionsIn(tbs),
    signatureAlgorithm: bytesOf(itemsOf(algorithm)[0]).toString('hex'),
  };
};
