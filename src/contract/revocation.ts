/** Reasons for revoking a participant's certificate and their codes (RFC 5280, 5.3.1). */
export const REASON_CODES = {
  unspecified: 0,
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  privilegeWithdrawn: 9,
} as const;

export type RevocationReason = keyof typeof REASON_CODES;

export const REVOCATION_REASONS = [
  'unspecified',
  'keyCompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'privilegeWithdrawn',
] as const satisfies readonly RevocationReason[];

/** True for one of the reasons; false for the empty text of a certificate that is not revoked. */
export const isRevocationReason = (text: string): text is RevocationReason =>
  REVOCATION_REASONS.some((reason) => reason === text);

/** States of a certificate; the first that holds counts, from the top. */
export const CERTIFICATE_STATES = [
  'revoked',
  'expired',
  'holder_deleted',
  'holder_denied',
  'superseded',
  'in_force',
] as const;
export type CertificateState = (typeof CERTIFICATE_STATES)[number];

/** Kinds of certificates. */
export const CERTIFICATE_KINDS = ['server', 'overseer', 'client', 'admin', 'listener', 'job-ca'] as const;

/** Where a private key was generated: in this dashboard, or at the site, which has never sent it. */
export const KEY_ORIGINS = ['dashboard', 'site'] as const;
export type KeyOrigin = (typeof KEY_ORIGINS)[number];
