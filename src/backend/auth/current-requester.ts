import { ApiError } from '../../contract/errors.ts';
import type { Reader, Trx } from '../store/database.ts';
import { sessionUser } from '../store/sessions.ts';
import { accessTokenUser } from '../store/access-tokens.ts';
import { projectTokenById } from '../store/project-tokens.ts';
import { principalOf, tokenPrincipalOf } from './identify.ts';
import type { Principal, Requester } from './principal.ts';
import { NOBODY, projectTokenPrincipalOf } from './project-token.ts';

/** Everything that the authorization table looks at. */
const RIGHTS = ['role', 'organization', 'approval'] as const;

const currentPrincipal = async (
  db: Reader | Trx,
  { id, session, scopes }: Principal,
  now: Date,
): Promise<Principal | undefined> => {
  if (scopes === undefined) {
    const found = await sessionUser(db, session);
    return found === undefined ? undefined : principalOf(found, now);
  }
  if (id === NOBODY) {
    const token = await projectTokenById(db, session);
    return token === undefined ? undefined : projectTokenPrincipalOf(token, now);
  }
  const found = await accessTokenUser(db, session);
  return found === undefined ? undefined : tokenPrincipalOf(found, now);
};

/**
 * Reads session, approval, role and organization again. A request may have waited for its body, a queue or a key
 * pair since it was authenticated, and what was allowed then rests on rights that must still be the same.
 *
 * @throws ApiError `unauthenticated` when session or account has ended, `unauthorized` when the rights have changed
 */
export const requireCurrent = async (db: Reader | Trx, requester: Requester, now: Date): Promise<void> => {
  const before = requester.principal;
  if (before === undefined) {
    return;
  }
  const principal = await currentPrincipal(db, before, now);
  if (principal === undefined) {
    throw new ApiError('unauthenticated', 'Your session has ended. Log in again.');
  }
  if (RIGHTS.some((right) => principal[right] !== before[right])) {
    throw new ApiError('unauthorized', 'Your role, organization or approval has changed. Try again.');
  }
};
