import { MAX_COMMON_NAME } from '../contract/names.ts';
import { oid, sequence, set, utf8, type Asn1 } from './der.ts';
import { OID } from './oids.ts';
import { PkiError } from './pki-error.ts';

/** Subject of a certificate; attributes are written in this order. */
export interface DistinguishedName {
  readonly commonName: string;
  readonly organization?: string | undefined;
  /** PKCS#9 unstructuredName: the console user's role. */
  readonly unstructuredName?: string | undefined;
}

const UB_ORGANIZATION = 64;
const UB_UNSTRUCTURED_NAME = 255;
const CONTROL = /\p{Cc}|\p{Cs}/u;

const attribute = (type: string, value: string, longest: number): Asn1 => {
  const length = Array.from(value).length;
  if (length === 0) {
    throw new PkiError('name_invalid', { detail: 'it is empty' });
  }
  if (length > longest) {
    throw new PkiError('name_invalid', {
      detail: `${JSON.stringify(value)} is longer than ${longest} characters`,
    });
  }
  if (CONTROL.test(value)) {
    throw new PkiError('name_invalid', { detail: `${JSON.stringify(value)} holds control characters` });
  }
  return set([sequence([oid(type), utf8(value)])]);
};

/**
 * Encodes the name as ASN.1, every text as a UTF8String.
 *
 * @throws PkiError `name_invalid`: empty, longer than RFC 5280 allows, or with control characters
 */
export const distinguishedName = (name: DistinguishedName): Asn1 =>
  sequence([
    attribute(OID.commonName, name.commonName, MAX_COMMON_NAME),
    ...(name.organization === undefined
      ? []
      : [attribute(OID.organization, name.organization, UB_ORGANIZATION)]),
    ...(name.unstructuredName === undefined
      ? []
      : [attribute(OID.unstructuredName, name.unstructuredName, UB_UNSTRUCTURED_NAME)]),
  ]);
