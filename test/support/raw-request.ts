import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import {
  bits,
  empty,
  explicit,
  fromDer,
  integer,
  oid,
  sequence,
  set,
  toDer,
  utf8,
  type Asn1,
} from '../../src/pki/der.ts';
import { OID } from '../../src/pki/oids.ts';

interface Differences {
  /** Value of the CN; its type says how it is encoded. */
  readonly commonName?: Asn1;
  /** Instead of the key's own. */
  readonly publicKey?: Asn1;
  readonly attributes?: Asn1;
}

/** A public key of RSA that belongs to nobody. */
export const rsaPublicKey = (modulus: Buffer, exponent: number): Asn1 =>
  sequence([
    sequence([oid(OID.rsaEncryption), empty()]),
    bits(toDer(sequence([integer(modulus), integer(Uint8Array.of(exponent))]))),
  ]);

/** Writes a request in DER that no program would write. */
export const rawRequest = (
  key: KeyObject,
  { commonName = utf8('site-1'), publicKey, attributes }: Differences,
): Buffer => {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const info = sequence([
    integer(Uint8Array.of(0)),
    sequence([set([sequence([oid(OID.commonName), commonName])])]),
    publicKey ?? fromDer(spki),
    attributes ?? explicit(0, set([])),
  ]);
  const algorithm = sequence([oid(OID.sha256WithRsa), empty()]);
  return toDer(sequence([info, algorithm, bits(sign('sha256', toDer(info), key))]));
};
