import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { errorCode } from '../../contract/error-code.ts';
import type { EndpointError } from '../errors.ts';
import { errorText } from '../error-text.ts';

type Failure = Pick<EndpointError, 'reason' | 'detail'>;

const fileFailure = (error: unknown): Failure => {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return { reason: 'missing', detail: 'there is no such socket' };
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return { reason: 'permission_denied', detail: 'this user may not use the socket' };
  }
  return { reason: 'unreachable', detail: errorText(error) };
};

/** Checks a Unix socket before anything is sent to it; undefined when it may be tried. */
export const socketFailure = async (path: string): Promise<Failure | undefined> => {
  try {
    if (!(await stat(path)).isSocket()) {
      return { reason: 'not_an_engine', detail: 'this is not a socket' };
    }
    await access(path, constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    return fileFailure(error);
  }
};
