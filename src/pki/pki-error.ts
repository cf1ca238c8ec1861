/** Every error of the root CA, with its message for people. */
const MESSAGES = {
  passphrase_missing: 'the root key is sealed and no passphrase was given',
  passphrase_wrong: 'the passphrase does not open the root key',
  passphrase_unneeded: 'a passphrase was given, but the root key is stored without one',
  key_damaged: 'the stored root key cannot be read',
  root_damaged: 'the root certificate cannot be read',
  root_expired: 'the root certificate has expired',
  name_invalid: 'a name cannot stand in a certificate',
  request_invalid: 'the certificate request is refused',
  pool_busy: 'too many key pairs are being waited for',
  pool_closed: 'the key pool is closed',
} as const;

export type PkiErrorCode = keyof typeof MESSAGES;

/** The only error thrown on purpose in this folder; `code` is a closed set. */
export class PkiError extends Error {
  override readonly name = 'PkiError';
  readonly code: PkiErrorCode;
  /** Seconds after which to try again; with `pool_busy` only. */
  readonly retryAfter: number | undefined;

  constructor(
    code: PkiErrorCode,
    options: ErrorOptions & { readonly detail?: string; readonly retryAfter?: number } = {},
  ) {
    super(options.detail === undefined ? MESSAGES[code] : `${MESSAGES[code]}: ${options.detail}`, options);
    this.code = code;
    this.retryAfter = options.retryAfter;
  }
}
