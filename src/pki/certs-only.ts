import { X509Certificate } from 'node:crypto';
import { explicit, fromDer, integer, oid, sequence, set, toDer } from './der.ts';
import { OID } from './oids.ts';

const VERSION = Uint8Array.of(1);

/**
 * Wraps a certificate in a message of PKCS#7 that holds nothing else (RFC 5272, 4.1: a degenerate SignedData).
 *
 * @param pem one certificate
 * @returns DER
 */
export const certsOnly = (pem: string): Buffer => {
  const certificate = fromDer(new X509Certificate(pem).raw);
  const signedData = sequence([
    integer(VERSION),
    set([]),
    sequence([oid(OID.data)]),
    explicit(0, certificate),
    set([]),
  ]);
  return toDer(sequence([oid(OID.signedData), explicit(0, signedData)]));
};
