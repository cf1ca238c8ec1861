/** `unwritable`: the target; `unusable`: what is read is no archive, cut off or damaged. */
export type ArchiveErrorCode =
  'unwritable' | 'unusable' | 'passphrase_missing' | 'passphrase_wrong' | 'passphrase_unneeded';

/** An archive that cannot be written or read. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  readonly code: ArchiveErrorCode;

  /** @param message the reason, to stand after the file's name and a colon; the operating system's is in `cause` */
  constructor(code: ArchiveErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}
