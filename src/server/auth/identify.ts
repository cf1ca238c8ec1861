import { approvalOf } from '../../domain/approval.ts';
import { isRole } from '../../domain/roles.ts';
import type { Principal } from '../principal.ts';
import type { Reader } from '../store/database.ts';
import { sessionById } from '../store/sessions.ts';
import { fromTimestamp } from '../store/timestamp.ts';
import { userById } from '../store/users.ts';
import { readToken } from './session-token.ts';

/**
 * Who a token belongs to, as the database has them now.
 *
 * @returns undefined for a bad or expired token, an ended session, a deleted or denied user
 */
export const identify = async (
  db: Reader,
  key: Uint8Array,
  token: string,
  now: Date,
): Promise<Principal | undefined> => {
  const claims = await readToken(key, token, now);
  if (claims === undefined) return undefined;
  const session = await sessionById(db, claims.jti);
  if (session === undefined) return undefined;
  const expires = fromTimestamp(session.expires_at);
  const user = await userById(db, session.user_id);
  if (user?.email !== claims.sub || expires <= now) return undefined;
  const approval = approvalOf(user.approval_state);
  if (approval === 'denied') return undefined;
  return {
    id: user.id,
    email: user.email,
    role: isRole(user.role) ? user.role : '',
    organization: user.organization,
    approval,
    mustChangePassword: user.must_change_password !== 0,
    session: session.jti,
    expires,
  };
};
