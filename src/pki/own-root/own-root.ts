import type { KeyObject, X509Certificate } from 'node:crypto';
import { orderChain } from './order-chain.ts';
import { OwnRootError } from './own-root-error.ts';
import { readCertificates } from './read-certificates.ts';
import { requireRootCa } from './require-ca.ts';

/** A root CA that was not generated here. */
export interface OwnRoot {
  /** X.509 PEM, one certificate. */
  readonly certificatePem: string;
  /** PEM of the CAs above, the nearest first; empty where it is self-signed. */
  readonly chainPem: string;
}

/** Describes what a certificate must fit. */
export interface OwnRootFit {
  readonly publicKey: KeyObject;
  /** The project's short name. */
  readonly commonName: string;
  readonly now: Date;
}

const pemOf = (certificates: readonly X509Certificate[]): string =>
  certificates.map((certificate) => certificate.toString()).join('');

/**
 * Reads the certificate of a root CA of one's own, self-signed or signed by another CA.
 *
 * @param pem the certificate and, unless it is self-signed, the CAs above it, in any order
 * @throws OwnRootError saying why new kits could not be signed with it
 */
export const readOwnRoot = (pem: string, { publicKey, commonName, now }: OwnRootFit): OwnRoot => {
  const certificates = readCertificates(pem);
  const own = certificates.find((certificate) => certificate.publicKey.equals(publicKey));
  if (own === undefined) {
    // A certificate of a wrong kind says so first: its key cannot fit either.
    requireRootCa(certificates[0], commonName, now);
    throw new OwnRootError('root_mismatch');
  }
  requireRootCa(own, commonName, now);
  const others = certificates.filter((certificate) => certificate !== own);
  return { certificatePem: pemOf([own]), chainPem: pemOf(orderChain(own, others, now)) };
};
