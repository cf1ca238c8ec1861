import { ApiError } from '../../contract/errors.ts';
import type { Reader, Trx } from '../store/database.ts';
import { sessionUser } from '../store/sessions.ts';
import { principalOf } from './identify.ts';
import type { Requester } from './principal.ts';

/** Everything that the authorization table looks at. */
const RIGHTS = ['role', 'organization', 'approval'] as const;

/**
 * Reads session, approval, role and organization again. A request may have waited for its body, a queue or a key
 * pair since it was authenticated, and what was allowed then rests on rights that must still be the same.
 *
 * @throws ApiError `unauthenticated` when session or account has ended, `unauthorized` when the rights have changed
 */
export const requireCurrent = async (db: Reader | Trx, requester: Requester, now: Date): Promise<void> => {
  const before = requester.principal;
  if (before === undefined) return;
  const found = await sessionUser(db, before.session);
  const principal = found === undefined ? undefined : principalOf(found, now);
  if (principal === undefined) throw new ApiError('unauthenticated', 'Your session has ended. Log in again.');
  if (RIGHTS.some((right) => principal[right] !== before[right])) {
    throw new ApiError('unauthorized', 'Your role, organization or approval has changed. Try again.');
  }
};
