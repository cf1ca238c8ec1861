import { X509Certificate } from 'node:crypto';
import { explicit, implicitSet, fromDer, integer, oid, sequence, set, toDer } from './der.ts';
import { OID } from './oids.ts';

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const VERSION = Uint8Array.of(1);

/**
 * Wraps certificates in a message of PKCS#7 that holds nothing else (RFC 5272, 4.1: a degenerate SignedData).
 *
 * @param pem one certificate or more
 * @returns DER
 */
export const certsOnly = (pem: string): Buffer => {
  const certificates = (pem.match(BLOCK) ?? []).map((block) => fromDer(new X509Certificate(block).raw));
  const signedData = sequence([
    integer(VERSION),
    set([]),
    sequence([oid(OID.data)]),
    implicitSet(0, certificates),
    set([]),
  ]);
  return toDer(sequence([oid(OID.signedData), explicit(0, signedData)]));
};
