import { errorCode } from './error-code.ts';

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'it exists',
  ENOENT: 'it does not exist',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EIO: 'the disk reports an error',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'its name is too long',
  EBUSY: 'something else uses it',
  EMFILE: 'too many files are open',
  ESTALE: 'the network share no longer has it',
  ENOTCONN: 'the file system behind it does not respond',
  ETIMEDOUT: 'the file system behind it does not respond',
};

/** Why the operating system refused, in words. */
export const systemReason = (error: unknown): string =>
  REASONS[errorCode(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
