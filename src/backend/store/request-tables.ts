/** Requests for certificates of keys that stay at their holders. */
export interface CertificateRequestTable {
  /** Random, hexadecimal. */
  readonly id: string;
  /** Chosen by `nvflare cert request`; the own id for a bare request. */
  readonly request_id: string;
  /** `nvflare` or `pkcs10`. */
  readonly form: string;
  /** `server`, `client` or `user`. */
  readonly holder_kind: string;
  /** Of the site or user; 1 or 2 for a server. */
  readonly holder_id: number;
  /** As in {@link IssuedNameTable}. */
  readonly holder: string;
  /** JSON object: what the certificate is going to say. */
  readonly leaf: string;
  /** The file that was submitted, in base64. */
  readonly csr: string;
  /** Of that file, lower-case hexadecimal. */
  readonly csr_sha256: string;
  readonly key_bits: number;
  readonly public_key_sha256: string;
  /** E-mail, or name of an enrolment token. */
  readonly requested_by: string;
  /** Id of the token that it came with; empty: somebody who was logged in submitted it. */
  readonly enrolment_token: string;
  readonly created_at: string;
  /** `pending`, `approved` or `rejected`. */
  readonly state: string;
  /** Empty while it is pending, as everything below. */
  readonly decided_by: string;
  readonly decided_at: string;
  readonly reason: string;
  readonly serial: string;
  readonly not_after: string;
  /** PEM. */
  readonly certificate: string;
  /** PEM; empty for all but sites that listen. */
  readonly listener_certificate: string;
  /** Base64; empty for a bare request. */
  readonly signed_zip: string;
}

/** Describes what lets sites request their certificates without an account. */
export interface EnrolmentTokenTable {
  readonly id: string;
  /** Of the secret part, lower-case hexadecimal. */
  readonly secret_sha256: string;
  /** Shown to project admins; unique. */
  readonly name: string;
  readonly organization: string;
  /** Name of a site; `*` stands for any characters. */
  readonly name_pattern: string;
  /** `at_once` or `pending`. */
  readonly approval: string;
  readonly max_uses: number;
  readonly uses: number;
  /** E-mail. */
  readonly created_by: string;
  readonly creator_id: number;
  readonly created_at: string;
  readonly expires_at: string;
  /** Empty before the first use. */
  readonly used_at: string;
  /** Empty until somebody ends it. */
  readonly ended_at: string;
}
