import type { X509Certificate } from 'node:crypto';
import { OwnRootError } from './own-root-error.ts';
import { pathLengthOf } from './require-ca.ts';

const isSelfSigned = (certificate: X509Certificate): boolean =>
  certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);

const requireIssuer = (issuer: X509Certificate, depth: number, now: Date): void => {
  if (!issuer.ca || new Date(issuer.validTo) <= now || new Date(issuer.validFrom) > now) {
    throw new OwnRootError('root_chain_invalid', { detail: issuer.subject.replaceAll('\n', ', ') });
  }
  if ((pathLengthOf(issuer) ?? depth) < depth) {
    throw new OwnRootError('root_path_length', { detail: issuer.subject.replaceAll('\n', ', ') });
  }
};

/**
 * Puts the CAs above a certificate into order, the one that signed it first.
 *
 * @param others in any order; every one must belong to the chain
 * @returns empty for a self-signed certificate
 * @throws OwnRootError `root_chain_incomplete`, `root_chain_invalid`, `root_path_length`, `root_surplus`
 */
export const orderChain = (
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  now: Date,
): readonly X509Certificate[] => {
  const chain: X509Certificate[] = [];
  let left = others;
  let last = certificate;
  while (!isSelfSigned(last)) {
    const child = last;
    const issuer = left.find((other) => child.checkIssued(other) && child.verify(other.publicKey));
    if (issuer === undefined) {
      throw new OwnRootError('root_chain_incomplete', { detail: child.issuer.replaceAll('\n', ', ') });
    }
    chain.push(issuer);
    requireIssuer(issuer, chain.length, now);
    left = left.filter((other) => other !== issuer);
    last = issuer;
  }
  if (left.length > 0) {
    throw new OwnRootError('root_surplus');
  }
  return chain;
};
