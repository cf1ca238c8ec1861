import type { z } from 'zod';
import type { SessionView } from '../../../contract/api/session.ts';
import type { PasskeyRequestOptions } from '../../../contract/api/passkey.ts';
import type { FactorProofRequest } from '../../../contract/api/second-factor.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import { queueShare } from '../../auth/queue-share.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { hasFactor } from '../../store/second-factors.ts';
import { confirmSession, deleteSession, deleteSessionsOf, sessionsOf } from '../../store/sessions.ts';
import { toHttpDate, toTimestamp } from '../../store/timestamp.ts';
import { userById } from '../../store/users.ts';
import { boundToSession } from '../passkeys/passkey-challenge.ts';
import { askForPasskey } from '../passkeys/prove-passkey.ts';
import type { RelyingParty } from '../passkeys/relying-party.ts';
import { proveFactor } from '../second-factor/prove-factor.ts';
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

/**
 * Notes that the requester has given the password again (and the second factor, where there is one), as what cannot be
 * undone asks for.
 *
 * @throws ApiError `invalid` for a wrong password, and for a missing or wrong second factor, `too_many_requests`, `unavailable`
 */
export const confirmPassword = async (
  context: ServiceContext,
  requester: Requester,
  { password, ...given }: FactorProofRequest & { readonly password: string },
  party: RelyingParty,
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
  const place = { party, boundTo: boundToSession(principal.session) };
  const proof =
    user !== undefined && (await hasFactor(context.db.reader, user.id))
      ? await proveFactor(context, requester, user, given, place)
      : undefined;
  await change(context, requester, async (trx, audit) => {
    await proof?.spend(trx);
    await confirmSession(trx, principal.session, toTimestamp(context.now()));
    await audit('session.confirm', `user:${principal.email}`);
  });
};

/** Returns what the browser needs to confirm with a passkey besides the password. @throws ApiError as {@link askForPasskey} */
export const beginConfirmation = (
  context: ServiceContext,
  requester: Requester,
  party: RelyingParty,
): Promise<z.infer<typeof PasskeyRequestOptions>> => {
  const principal = authorizeUser(requester.principal, 'session.confirm');
  return askForPasskey(context, principal.id, { party, boundTo: boundToSession(principal.session) });
};
