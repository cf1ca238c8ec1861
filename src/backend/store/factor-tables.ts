/** Authenticator apps. */
export interface TotpTable {
  readonly user_id: number;
  /** See auth/stored-secret.ts. */
  readonly sealed_secret: string;
  /** Empty until a code has confirmed it: until then it counts for nothing. */
  readonly confirmed_at: string;
  /** Number of the latest step of 30 s whose code was used. */
  readonly last_step: number;
}

/** Passkeys (WebAuthn). */
export interface PasskeyTable {
  readonly id: string;
  readonly user_id: number;
  readonly name: string;
  /** Base64url. */
  readonly credential_id: string;
  /** COSE key in base64url. */
  readonly public_key: string;
  readonly counter: number;
  /** Host name for which it was created. */
  readonly rp_id: string;
  /** Ways in which browsers reach it, separated by spaces. */
  readonly transports: string;
  readonly created_at: string;
  readonly used_at: string;
}

/** Describes what a passkey is to sign, once. */
export interface PasskeyChallengeTable {
  /** Base64url. */
  readonly challenge: string;
  /** Session or log-in for which it counts. */
  readonly bound_to: string;
  readonly expires_at: string;
}

/** Unused recovery codes. */
export interface RecoveryCodeTable {
  readonly user_id: number;
  /** Lower-case hexadecimal. */
  readonly code_sha256: string;
}

/** People of an identity provider. */
export interface IdentityTable {
  readonly issuer: string;
  readonly subject: string;
  readonly user_id: number;
  readonly created_at: string;
}
