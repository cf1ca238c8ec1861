import { ArchiveError, type ArchiveErrorCode } from '../../archive/archive-error.ts';
import { CLI_ERRORS } from './cli-errors.ts';
import { systemReason } from '../../contract/system-reason.ts';

const ADVICE: Readonly<Record<ArchiveErrorCode, string>> = {
  unwritable: 'Name a file in a folder that can be written, with space on its disk.',
  unusable: 'Name an archive that `dashboard backup` made.',
  passphrase_missing: 'Add --encrypt-passphrase-file FILE.',
  passphrase_wrong: 'Give the passphrase that the archive was encrypted with.',
  passphrase_unneeded: 'Leave --encrypt-passphrase-file out.',
};

/** Returns an archive's error in the command's words; anything else as it came. */
export const archiveFault = (path: string, error: unknown): unknown =>
  error instanceof ArchiveError
    ? CLI_ERRORS.fileUnusable(
        {
          path,
          reason: error.cause === undefined ? error.message : systemReason(error.cause),
          advice: ADVICE[error.code],
        },
        { cause: error },
      )
    : error;
