import { randomUUID } from 'node:crypto';
import { Email } from '../../../contract/names.ts';
import type { UserView } from '../../../contract/api/user.ts';
import { approvalOf } from '../../../contract/approval.ts';
import { ApiError, type ApiErrorCode } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { queueShare } from '../../auth/queue-share.ts';
import { isOutdatedHash } from '../../auth/password-hash.ts';
import { challengedId, isChallengeOf, loginChallenge } from '../../auth/login-challenge.ts';
import { SESSION_SECONDS, signToken } from '../../auth/session-token.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Requester } from '../../auth/principal.ts';
import { deleteExpiredSessions, deleteSession, insertSession } from '../../store/sessions.ts';
import { hasFactor } from '../../store/second-factors.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { updateUser, userByEmail, userById, type UserRow } from '../../store/users.ts';
import type { Trx } from '../../store/database.ts';
import { queueMail } from '../outbox/queue-mail.ts';
import { proveFactor, type FactorProof } from '../second-factor/prove-factor.ts';
import { userView } from '../users/user-view.ts';
import { sessionEnd } from './renew-session.ts';

/** What a log-in gives. */
export interface OpenedSession {
  readonly token: string;
  readonly seconds: number;
  readonly user: { readonly id: number; readonly email: string; readonly role: string };
  readonly mustChangePassword: boolean;
}

const MAX_USER_AGENT = 256;

const refusal = () => new ApiError('unauthenticated', 'E-mail or password is wrong.');

/** Only for somebody who proved the password: to all others the account looks like none. */
const denial = (user: UserRow) =>
  new ApiError('denied', 'The request for this account was denied.', { reason: user.approval_reason });

/** Who logs in, and a hash of today's kind where the stored one is older. */
interface CheckedUser {
  readonly user: UserRow;
  readonly newHash: string | undefined;
  /** Of an account with a second factor. */
  readonly proof?: FactorProof;
}

const checkedUser = async (
  context: ServiceContext,
  requester: Requester,
  email: string,
  password: string,
): Promise<CheckedUser> => {
  const guess = {
    kind: 'login',
    account: email,
    address: requester.address,
    browser: requester.browser(email),
  } as const;
  const share = queueShare(requester, context.throttle.isKnown(guess) ? email : undefined);
  const found = await context.throttle.limit(guess, async () => {
    const user = await userByEmail(context.db.reader, email);
    if (user !== undefined && isOutdatedHash(user.password_hash)) {
      const newHash = await context.passwords.exchange(share, user.password_hash, password, password);
      return newHash === undefined ? undefined : { user, newHash };
    }
    const right = await context.passwords.verify(share, user?.password_hash, password);
    return user === undefined || !right ? undefined : { user, newHash: undefined };
  });
  if (found === undefined) {
    throw refusal();
  }
  if (approvalOf(found.user.approval_state) === 'denied') {
    throw denial(found.user);
  }
  return found;
};

/** Remembers the log-in, and tells the account's owner of one in a browser where nobody was logged in before. */
const noteLogIn = async (
  context: ServiceContext,
  requester: Requester,
  trx: Trx,
  user: UserRow,
  userAgent: string | undefined,
): Promise<void> => {
  const at = context.now().toISOString();
  const language = requester.language === '' ? user.language : requester.language;
  await updateUser(trx, user.id, { logged_in_at: toTimestamp(context.now()), language });
  if (user.logged_in_at === '' || requester.browser(user.email) !== undefined) {
    return;
  }
  const { address } = requester;
  const agent = (userAgent ?? '').replace(/\p{C}+/gu, ' ').slice(0, MAX_USER_AGENT);
  const once = `log-in ${user.id} ${address} ${at.slice(0, 10)}`;
  await queueMail(context, trx, user.email, { event: 'new_login', at, address, agent }, { once });
};

/** Stores the session of somebody who proved all factors; undefined where the password or the factors changed meanwhile. */
const storeSession = async (
  context: ServiceContext,
  requester: Requester,
  { user, newHash, proof }: CheckedUser,
  userAgent: string | undefined,
): Promise<OpenedSession | undefined> => {
  const now = context.now();
  const jti = randomUUID();
  const claims = {
    sub: user.email,
    jti,
    role: user.role,
    organization: user.organization,
    approved: approvalOf(user.approval_state) === 'approved',
  };
  const token = signToken({ key: context.tokenKey, audience: context.auditKey.id }, claims, now);
  // The request may carry the token of an ended session, which a new log-in does not need.
  const stored = await change(
    context,
    { ...requester, principal: undefined },
    async (trx, audit) => {
      const current = await userById(trx, user.id);
      if (current?.password_hash !== user.password_hash) {
        return false;
      }
      if (approvalOf(current.approval_state) === 'denied') {
        throw denial(current);
      }
      if ((await hasFactor(trx, user.id)) !== (proof !== undefined)) {
        return false;
      }
      await proof?.spend(trx);
      if (newHash !== undefined) {
        await updateUser(trx, user.id, { password_hash: newHash });
      }
      await deleteExpiredSessions(trx, toTimestamp(now));
      if (requester.principal !== undefined) {
        await deleteSession(trx, requester.principal.session);
      }
      const at = toTimestamp(now);
      await insertSession(trx, {
        jti,
        user_id: user.id,
        created_at: at,
        used_at: at,
        confirmed_at: at,
        expires_at: toTimestamp(sessionEnd(now, now)),
        address: requester.address,
        user_agent: (userAgent ?? '').slice(0, MAX_USER_AGENT),
      });
      await noteLogIn(context, requester, trx, current, userAgent);
      const detail = proof === undefined ? {} : { second_factor: proof.factor };
      await audit('session.open', `user:${user.email}`, detail);
      return true;
    },
    user.email,
  );
  if (!stored) {
    return undefined;
  }
  return {
    token,
    seconds: SESSION_SECONDS,
    user: { id: user.id, email: user.email, role: user.role },
    mustChangePassword: user.must_change_password !== 0,
  };
};

const RECORDED: ReadonlySet<ApiErrorCode> = new Set(['unauthenticated', 'denied', 'too_many_requests']);

const noteRefusal = async (
  context: ServiceContext,
  requester: Requester,
  email: string,
  error: unknown,
): Promise<void> => {
  if (!(error instanceof ApiError) || !RECORDED.has(error.code)) {
    return;
  }
  // What was typed may be anything, a password included.
  const target = Email.safeParse(email).success ? `user:${email}` : 'user:';
  const stranger = { ...requester, principal: undefined };
  await context.attempts.note(stranger, { action: 'session.refuse', target, detail: { code: error.code } });
};

const factorRequired = (challenge: string): ApiError =>
  new ApiError(
    'second_factor_required',
    'This account has a second factor: send a code of it with the challenge (POST /login/second-factor).',
    { challenge },
  );

/** Parallel log-ins renew an outdated hash under each other; the next try finds the renewed one. */
const TRIES = 2;

/**
 * Logs somebody in, and ends the session that the request came with: one browser holds one.
 *
 * @param userAgent the browser or program, as it names itself
 * @throws ApiError `unauthenticated` (the same for an unknown e-mail and a wrong password), `denied` (right password,
 * with the reason), `second_factor_required` (right password, with a challenge), `too_many_requests`, `unavailable`
 */
export const openSession = async (
  context: ServiceContext,
  requester: Requester,
  credentials: { readonly email: string; readonly password: string },
  userAgent: string | undefined,
): Promise<OpenedSession> => {
  try {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const checked = await checkedUser(context, requester, credentials.email, credentials.password);
      if (await hasFactor(context.db.reader, checked.user.id)) {
        throw factorRequired(loginChallenge(context.tokenKey, checked.user, context.now()));
      }
      const opened = await storeSession(context, requester, checked, userAgent);
      if (opened !== undefined) {
        return opened;
      }
    }
    throw refusal();
  } catch (error) {
    await noteRefusal(context, requester, credentials.email, error);
    throw error;
  }
};

const challengeOver = (): ApiError =>
  new ApiError('unauthenticated', 'This log-in took too long or is not valid any more. Begin again.');

/**
 * Finishes a log-in by the second factor, as {@link openSession} does without one.
 *
 * @throws ApiError `unauthenticated` for a challenge that does not count any more, `denied`, and as proveFactor
 */
export const finishLogin = async (
  context: ServiceContext,
  requester: Requester,
  { challenge, code }: { readonly challenge: string; readonly code: string },
  userAgent: string | undefined,
): Promise<OpenedSession> => {
  const id = challengedId(challenge);
  const user = id === undefined ? undefined : await userById(context.db.reader, id);
  if (user === undefined || !isChallengeOf(context.tokenKey, challenge, user, context.now())) {
    throw challengeOver();
  }
  if (approvalOf(user.approval_state) === 'denied') {
    throw denial(user);
  }
  try {
    const proof = await proveFactor(context, requester, user, code);
    const opened = await storeSession(context, requester, { user, newHash: undefined, proof }, userAgent);
    if (opened === undefined) {
      throw challengeOver();
    }
    return opened;
  } catch (error) {
    await noteRefusal(context, requester, user.email, error);
    throw error;
  }
};

/** Ends the requester's session; its token is worth nothing from then on. */
export const closeSession = async (context: ServiceContext, requester: Requester): Promise<void> => {
  const principal = authorizeUser(requester.principal, 'session.close');
  await change(context, requester, async (trx, audit) => {
    await deleteSession(trx, principal.session);
    await audit('session.close', `user:${principal.email}`);
  });
};

/** Who is asking, and for how many seconds their session lasts. */
export const describeSession = async (
  context: ServiceContext,
  requester: Requester,
): Promise<{
  readonly user: UserView;
  readonly mustChangePassword: boolean;
  readonly secondFactor: 'none' | 'enrolled' | 'required';
  readonly expiresIn: number;
}> => {
  const principal = authorizeUser(requester.principal, 'me.read');
  const row = await userById(context.db.reader, principal.id);
  if (row === undefined) {
    throw new ApiError('unauthenticated', 'Log in first.');
  }
  const left = Math.floor((principal.expires.getTime() - context.now().getTime()) / 1000);
  return {
    user: userView(row),
    mustChangePassword: principal.mustChangePassword,
    secondFactor: principal.passwordChangeRequired ? 'none' : principal.secondFactor,
    expiresIn: Math.max(0, left),
  };
};
