import { createHash } from 'node:crypto';
import type { SubjectAltName } from '../contract/certificate.ts';
import { bits, boolean, implicit, integer, octets, oid, sequence, toDer, type Asn1 } from './der.ts';
import { ipAddressBytes } from './ip-address-bytes.ts';
import { OID } from './oids.ts';
import { PkiError } from './pki-error.ts';

export const extension = (type: string, value: Asn1, critical = false): Asn1 =>
  sequence([oid(type), ...(critical ? [boolean(true)] : []), octets(toDer(value))]);

/** SHA-1 of the public key's bits: method 1 of RFC 5280, 4.2.1.2; an identifier, not a protection. */
export const keyIdentifierOf = (publicKeyDer: Uint8Array): Buffer =>
  createHash('sha1').update(publicKeyDer).digest();

export const subjectKeyIdentifier = (identifier: Uint8Array): Asn1 =>
  extension(OID.subjectKeyIdentifier, octets(identifier));

export const authorityKeyIdentifier = (identifier: Uint8Array): Asn1 =>
  extension(OID.authorityKeyIdentifier, sequence([implicit(0, identifier)]));

/** A certificate authority without a limit on the path's length, as NVFLARE's roots are. */
export const caBasicConstraints = (): Asn1 =>
  extension(OID.basicConstraints, sequence([boolean(true)]), true);

/** A certificate authority that signs no further one (RFC 5280, 4.2.1.9). */
export const lastCaBasicConstraints = (): Asn1 =>
  extension(OID.basicConstraints, sequence([boolean(true), integer(Buffer.of(0))]), true);

const DIGITAL_SIGNATURE_CERT_SIGN_CRL_SIGN = 0b1000_0110;

/** digitalSignature, keyCertSign and cRLSign. */
export const authorityKeyUsage = (): Asn1 =>
  extension(OID.keyUsage, bits(Uint8Array.of(DIGITAL_SIGNATURE_CERT_SIGN_CRL_SIGN), 1), true);

const KEY_PURPOSES = { serverAuth: OID.serverAuth, clientAuth: OID.clientAuth } as const;
export type KeyPurpose = keyof typeof KEY_PURPOSES;

/** Returns what the certificate's key may be used for in TLS (RFC 5280, 4.2.1.12). */
export const extendedKeyUsage = (purposes: readonly KeyPurpose[]): Asn1 =>
  extension(OID.extendedKeyUsage, sequence(purposes.map((purpose) => oid(KEY_PURPOSES[purpose]))));

const DNS_NAME = /^[\x20-\x7e]{1,253}$/;
const DNS_TAG = 2;
const IP_TAG = 7;
const URI_TAG = 6;
/** Printable ASCII without spaces (RFC 3986). */
const URI = /^https:\/\/[\x21-\x7e]{1,1024}$/;

const generalName = ({ type, value }: SubjectAltName): Asn1 => {
  if (type === 'dns') {
    if (!DNS_NAME.test(value)) {
      throw new PkiError('name_invalid', { detail: `${JSON.stringify(value)} as an alternative name` });
    }
    return implicit(DNS_TAG, Buffer.from(value, 'ascii'));
  }
  if (type === 'uri') {
    if (!URI.test(value)) {
      throw new PkiError('name_invalid', { detail: `${JSON.stringify(value)} is not an https URI` });
    }
    return implicit(URI_TAG, Buffer.from(value, 'ascii'));
  }
  const address = ipAddressBytes(value);
  if (address === undefined) {
    throw new PkiError('name_invalid', { detail: `${JSON.stringify(value)} is not an IP address` });
  }
  return implicit(IP_TAG, address);
};

/**
 * Names in the given order, each once. NVFLARE puts e-mail addresses and project names here as DNS names, so any
 * printable ASCII passes.
 *
 * @throws PkiError `name_invalid`: no name at all, not ASCII, too long, or no IP address
 */
export const generalNames = (names: readonly SubjectAltName[]): Asn1 => {
  const once = new Map(names.map((name) => [`${name.type}:${name.value}`, name]));
  if (once.size === 0) {
    throw new PkiError('name_invalid', { detail: 'no alternative name was given' });
  }
  return sequence([...once.values()].map(generalName));
};

/** The names a certificate is valid for. @throws PkiError as {@link generalNames} */
export const subjectAltNames = (names: readonly SubjectAltName[]): Asn1 =>
  extension(OID.subjectAltName, generalNames(names));
