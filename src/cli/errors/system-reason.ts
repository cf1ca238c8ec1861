import { errorCode } from '../../contract/error-code.ts';

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'it exists',
  ENOENT: 'it does not exist',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'the disk is full',
  ELOOP: 'too many symbolic links',
};

/** Why the operating system refused, in words. */
export const systemReason = (error: unknown): string =>
  REASONS[errorCode(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
