import type { KeyBits } from '../contract/certificate.ts';

/** An RSA key pair (exponent 65537) in the two forms a certificate and a kit need. */
export interface RsaKeyPair {
  readonly bits: KeyBits;
  /** RSAPublicKey of PKCS#1, DER: what a certificate carries and its key identifiers are made of. */
  readonly publicKeyDer: Uint8Array;
  /** PKCS#1 PEM, not encrypted. */
  readonly privateKeyPem: string;
}
