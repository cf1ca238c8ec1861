import { OWN_ROOT_CODES } from './own-root.ts';

/**
 * Every error of the API: stable code → HTTP status and the short `status` text of the body, which is NVIDIA's where
 * its dashboard knows the situation. Codes are part of the contract; texts for people are in `message`.
 */
export const API_ERRORS = {
  malformed: { http: 400, status: 'bad request' },
  invalid: { http: 400, status: 'invalid' },
  unauthenticated: { http: 401, status: 'unauthenticated' },
  denied: { http: 401, status: 'unauthenticated' },
  unauthorized: { http: 403, status: 'unauthorized' },
  not_approved: { http: 403, status: 'not approved yet' },
  confirmation_required: { http: 403, status: 'confirmation required' },
  second_factor_required: { http: 401, status: 'second factor required' },
  second_factor_enrolment_required: { http: 403, status: 'second factor enrolment required' },
  password_change_required: { http: 403, status: 'password change required' },
  not_found: { http: 404, status: 'error' },
  method_not_allowed: { http: 405, status: 'method not allowed' },
  conflicting: { http: 409, status: 'conflicting' },
  changed: { http: 409, status: 'changed' },
  project_frozen: { http: 409, status: 'Project is frozen' },
  project_not_frozen: { http: 409, status: 'project is not frozen' },
  project_incomplete: { http: 409, status: 'project is incomplete' },
  last_admin: { http: 409, status: 'last project admin' },
  no_overseer: { http: 409, status: 'no overseer' },
  too_large: { http: 413, status: 'too large' },
  unsupported_media_type: { http: 415, status: 'unsupported media type' },
  sealed: { http: 423, status: 'sealed' },
  too_many_requests: { http: 429, status: 'too many requests' },
  internal: { http: 500, status: 'internal error' },
  unavailable: { http: 503, status: 'unavailable' },
  database_moved: { http: 503, status: 'database moved' },
} as const;

/** Status of `changed` where the requester named the version in `If-Match` (RFC 9110, 13.1.1). */
export const PRECONDITION_FAILED = 412;

export type ApiErrorCode = keyof typeof API_ERRORS;

/** Stable reasons for refusing a field, for callers that show their own words. */
export const FIELD_CODES = [
  'taken',
  'duplicate',
  'too_common',
  'contains_email',
  'wrong_password',
  'control_characters',
  'has_sites',
  'no_role',
  'missing',
  'owns_sites',
  'objected',
  'not_sealed',
  'no_passphrase',
  'root_expired',
  'changed',
  'not_reserved',
  'role_reserved',
  'invitation_invalid',
  'not_invited',
  'link_invalid',
  'too_many',
  'address_forbidden',
  'aes256_only',
  'wrong_code',
  'code_used',
  'clock_differs',
  'in_certificates',
  'wrong_passkey',
  'passkey_copied',
  'csv_encoding',
  'csv_syntax',
  'csv_empty',
  'csv_rows',
  'missing_column',
  'unknown_column',
  'unknown_role',
  'whole_number',
  'admin_only',
  'not_org_admin',
  'invited',
  'root_unsigned',
  'root_needs_grpc',
  'root_forbids_job_ca',
  ...OWN_ROOT_CODES,
  'low_contrast',
  'same_version',
  'terms_not_accepted',
  'domain_not_allowed',
  'image_unusable',
] as const;
export type FieldCode = (typeof FIELD_CODES)[number];

/** Second factors: an authenticator app, a passkey. */
export const FACTORS = ['totp', 'passkey'] as const;
export type Factor = (typeof FACTORS)[number];

/** An invalid input and the reason; `path` as `project_props.scheme`. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
  /** Absent when the field breaks the rule that its schema states. */
  readonly code?: FieldCode | undefined;
}

/** A value that was another one when somebody looked at it. */
export interface SeenChange {
  readonly field: string;
  /** Null where it is not kept any more. */
  readonly seen: string | null;
  readonly now: string;
}

/** An error response, thrown by services and turned into HTTP at the edge. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  /** Seconds, for `Retry-After`. */
  readonly retryAfter: number | undefined;
  /** Sent as `fields`. */
  readonly fields: readonly FieldProblem[] | undefined;
  /** Why the project admin denied the request; sent as `reason`. */
  readonly reason: string | undefined;
  /** With code `changed`: what differs from what was seen. */
  readonly changes: readonly SeenChange[] | undefined;
  /** With codes `second_factor_required` and `denied`: what the next step of the log-in sends back. */
  readonly challenge: string | undefined;
  /** With the same code: what the account has besides recovery codes. */
  readonly factors: readonly Factor[] | undefined;

  constructor(
    code: ApiErrorCode,
    message: string,
    options: ErrorOptions & {
      readonly retryAfter?: number;
      readonly fields?: readonly FieldProblem[];
      readonly reason?: string;
      readonly changes?: readonly SeenChange[];
      readonly challenge?: string;
      readonly factors?: readonly Factor[];
    } = {},
  ) {
    super(message, options);
    this.code = code;
    this.retryAfter = options.retryAfter;
    this.fields = options.fields;
    this.reason = options.reason;
    this.changes = options.changes;
    this.challenge = options.challenge;
    this.factors = options.factors;
  }
}
