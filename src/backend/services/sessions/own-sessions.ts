import type { SessionView } from '../../../contract/api/session.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import { queueShare } from '../../auth/queue-share.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { hasFactor } from '../../store/second-factors.ts';
import { confirmSession, deleteSession, deleteSessionsOf, sessionsOf } from '../../store/sessions.ts';
import { toHttpDate, toTimestamp } from '../../store/timestamp.ts';
import { userById, type UserRow } from '../../store/users.ts';
import { proveFactor, type FactorProof } from '../second-factor/prove-factor.ts';
import { refuseFields } from '../users/user-fields.ts';

/** Lists the requester's open sessions, the newest first. */
export const listSessions = async (context: ServiceContext, requester: Requester): Promise<SessionView[]> => {
  const principal = authorizeUser(requester.principal, 'session.list');
  const now = toTimestamp(context.now());
  const rows = await sessionsOf(context.db.reader, principal.id);
  return rows
    .filter((row) => row.expires_at > now)
    .map((row) => ({
      id: row.jti,
      current: row.jti === principal.session,
      created_at: toHttpDate(row.created_at),
      last_used_at: toHttpDate(row.used_at),
      expires_at: toHttpDate(row.expires_at),
      address: row.address,
      user_agent: row.user_agent,
    }));
};

/** Ends one of the requester's sessions. @throws ApiError `not_found` for one of somebody else, too */
export const endSession = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
): Promise<void> => {
  const principal = authorizeUser(requester.principal, 'session.close');
  await change(context, requester, async (trx, audit) => {
    const own = await sessionsOf(trx, principal.id);
    if (!own.some((row) => row.jti === id)) {
      throw new ApiError('not_found', 'There is no such session.');
    }
    await deleteSession(trx, id);
    await audit('session.close', `user:${principal.email}`);
  });
};

/** Ends all sessions of the requester but the present one. */
export const endOtherSessions = async (context: ServiceContext, requester: Requester): Promise<void> => {
  const principal = authorizeUser(requester.principal, 'session.close');
  await change(context, requester, async (trx, audit) => {
    await deleteSessionsOf(trx, principal.id, principal.session);
    await audit('session.close_others', `user:${principal.email}`);
  });
};

const ownProof = async (
  context: ServiceContext,
  requester: Requester,
  user: UserRow | undefined,
  code: string | undefined,
): Promise<FactorProof | undefined> => {
  if (user === undefined || !(await hasFactor(context.db.reader, user.id))) {
    return undefined;
  }
  if (code === undefined) {
    const message = 'is missing: this account has a second factor';
    throw new ApiError('invalid', `code ${message}`, {
      fields: [{ path: 'code', code: 'missing', message }],
    });
  }
  return proveFactor(context, requester, user, code);
};

/**
 * Notes that the requester has given the password again (and the second factor, where there is one), as what cannot be
 * undone asks for.
 *
 * @throws ApiError `invalid` for a wrong password, and for a missing or wrong code, `too_many_requests`, `unavailable`
 */
export const confirmPassword = async (
  context: ServiceContext,
  requester: Requester,
  { password, code }: { readonly password: string; readonly code?: string | undefined },
): Promise<void> => {
  const principal = authorizeUser(requester.principal, 'session.confirm');
  const user = await userById(context.db.reader, principal.id);
  const guess = {
    kind: 'login',
    account: principal.email,
    address: requester.address,
    browser: requester.browser(principal.email),
  } as const;
  const right = await context.throttle.limit(guess, async () =>
    (await context.passwords.verify(queueShare(requester), user?.password_hash, password)) ? true : undefined,
  );
  if (right === undefined) {
    refuseFields([{ path: 'password', code: 'wrong_password', message: 'is wrong' }]);
  }
  const proof = await ownProof(context, requester, user, code);
  await change(context, requester, async (trx, audit) => {
    await proof?.spend(trx);
    await confirmSession(trx, principal.session, toTimestamp(context.now()));
    await audit('session.confirm', `user:${principal.email}`);
  });
};
