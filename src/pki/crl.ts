import { REASON_CODES, type RevocationReason } from '../contract/revocation.ts';
import { pemOf, SIGNATURE_ALGORITHM, signTbs } from './certificate.ts';
import { enumerated, explicit, integer, sequence, time, type Asn1 } from './der.ts';
import { authorityKeyIdentifier, extension } from './extensions.ts';
import { OID } from './oids.ts';
import { readRootCertificate } from './root-certificate.ts';
import type { SigningKey } from './signing-key.ts';

/** A certificate that must not be accepted any more. */
export interface RevokedCertificate {
  /** Upper-case hexadecimal. */
  readonly serial: string;
  readonly at: Date;
  readonly reason: RevocationReason;
}

export interface CrlRequest {
  readonly root: { readonly certificatePem: string; readonly privateKey: SigningKey };
  readonly revoked: readonly RevokedCertificate[];
  /** Grows with every list. */
  readonly number: number;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

const VERSION_2 = Uint8Array.of(1);

const positive = (value: number): Asn1 => {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return integer((bytes[0] ?? 0) > 0x7f ? Buffer.from([0, ...bytes]) : bytes);
};

/** The reason is left out where it is unspecified (RFC 5280, 5.3.1). */
const entry = ({ serial, at, reason }: RevokedCertificate): Asn1 =>
  sequence([
    integer(Buffer.from(serial, 'hex')),
    time(at),
    ...(reason === 'unspecified'
      ? []
      : [sequence([extension(OID.crlReason, enumerated(REASON_CODES[reason]))])]),
  ]);

/**
 * Signs a certificate revocation list of the root CA (RFC 5280, 5).
 *
 * @returns PEM
 * @throws PkiError `root_damaged`
 */
export const issueCrl = async (request: CrlRequest): Promise<string> => {
  const issuer = readRootCertificate(request.root.certificatePem);
  const tbs = sequence([
    integer(VERSION_2),
    SIGNATURE_ALGORITHM(),
    issuer.subject,
    time(request.thisUpdate),
    time(request.nextUpdate),
    ...(request.revoked.length === 0 ? [] : [sequence(request.revoked.map(entry))]),
    explicit(
      0,
      sequence([
        authorityKeyIdentifier(issuer.keyIdentifier),
        extension(OID.crlNumber, positive(request.number)),
      ]),
    ),
  ]);
  return pemOf('X509 CRL', await signTbs(tbs, request.root.privateKey));
};
