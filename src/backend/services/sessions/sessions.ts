import type { z } from 'zod';
import type { PasskeyRequestOptions } from '../../../contract/api/passkey.ts';
import type { FactorProofRequest } from '../../../contract/api/second-factor.ts';
import { Email } from '../../../contract/names.ts';
import type { UserView } from '../../../contract/api/user.ts';
import { approvalOf } from '../../../contract/approval.ts';
import { ApiError, type ApiErrorCode } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { queueShare } from '../../auth/queue-share.ts';
import { isOutdatedHash } from '../../auth/password-hash.ts';
import { askAgainPurpose, challengedId, isChallengeOf, loginChallenge } from '../../auth/login-challenge.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Requester } from '../../auth/principal.ts';
import { deleteSession, sessionUser } from '../../store/sessions.ts';
import { hasIdentity } from '../../store/identities.ts';
import { hasFactor, hasTotp } from '../../store/second-factors.ts';
import { NOBODY } from '../../auth/project-token.ts';
import { tokenAsUser } from '../access-tokens/token-as-user.ts';
import { updateUser, userByEmail, userById, type UserRow } from '../../store/users.ts';
import { boundToLogin } from '../passkeys/passkey-challenge.ts';
import { askForPasskey, usablePasskeys } from '../passkeys/prove-passkey.ts';
import type { RelyingParty } from '../passkeys/relying-party.ts';
import type { FactorProof } from '../second-factor/factor-proof.ts';
import { proveFactor } from '../second-factor/prove-factor.ts';
import { adminsWithPassword } from '../single-sign-on/break-glass.ts';
import { userView } from '../users/user-view.ts';
import { endsOf } from './renew-session.ts';
import { storeSession, type OpenedSession } from './store-session.ts';

const refusal = () => new ApiError('unauthenticated', 'E-mail or password is wrong.');

/** Only for somebody who proved the password: to all others the account looks like none. */
const denial = ({ tokenKey, now }: ServiceContext, user: UserRow) =>
  new ApiError('denied', 'The request for this account was denied.', {
    reason: user.approval_reason,
    challenge: loginChallenge(tokenKey, user, now(), askAgainPurpose(user)),
  });

/** Who logs in, and a hash of today's kind where the stored one is older. */
interface CheckedUser {
  readonly user: UserRow;
  readonly newHash: string | undefined;
  /** Of an account with a second factor. */
  readonly proof?: FactorProof;
}

/** Where passwords are switched off, one project admin's is left for the day on which the provider is down. */
const requireLocalPasswords = async (context: ServiceContext, userId: number): Promise<void> => {
  if (context.config.localPasswords !== false) {
    return;
  }
  const [first] = await adminsWithPassword(context.db.reader);
  if (first?.id !== userId) {
    throw new ApiError('unauthorized', 'Local passwords are switched off. Log in with single sign-on.');
  }
};

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
  await requireLocalPasswords(context, found.user.id);
  if (approvalOf(found.user.approval_state) === 'denied') {
    throw denial(context, found.user);
  }
  return found;
};

/** Opens the session of somebody who proved all factors; undefined where the password or the factors changed meanwhile. */
const openChecked = (
  context: ServiceContext,
  requester: Requester,
  { user, newHash, proof }: CheckedUser,
  userAgent: string | undefined,
): Promise<OpenedSession | undefined> =>
  // The request may carry the token of an ended session, which a new log-in does not need.
  change(
    context,
    { ...requester, principal: undefined },
    async (trx, audit) => {
      const current = await userById(trx, user.id);
      if (current?.password_hash !== user.password_hash) {
        return undefined;
      }
      if (approvalOf(current.approval_state) === 'denied') {
        throw denial(context, current);
      }
      if ((await hasFactor(trx, user.id)) !== (proof !== undefined)) {
        return undefined;
      }
      await proof?.spend(trx);
      if (newHash !== undefined) {
        await updateUser(trx, user.id, { password_hash: newHash });
      }
      const detail = proof === undefined ? {} : { second_factor: proof.factor };
      const means = { userAgent, confirmed: context.now(), idToken: '', detail };
      return storeSession({ context, requester, trx, audit }, current, means);
    },
    user.email,
  );

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

const factorRequired = async (
  context: ServiceContext,
  user: UserRow,
  party: RelyingParty,
): Promise<ApiError> => {
  const totp = (await hasTotp(context.db.reader, user.id)) ? (['totp'] as const) : [];
  const passkey = (await usablePasskeys(context, user.id, party)).length > 0 ? (['passkey'] as const) : [];
  return new ApiError(
    'second_factor_required',
    'This account has a second factor: send it with the challenge (POST /login/second-factor).',
    {
      challenge: loginChallenge(context.tokenKey, user, context.now()),
      factors: [...totp, ...passkey],
    },
  );
};

/** Where somebody logs in. */
export interface LoginDevice {
  /** The browser or program, as it names itself. */
  readonly userAgent: string | undefined;
  readonly party: RelyingParty;
}

/** Parallel log-ins renew an outdated hash under each other; the next try finds the renewed one. */
const TRIES = 2;

/**
 * Logs somebody in, and ends the session that the request came with: one browser holds one.
 *
 * @throws ApiError `unauthenticated` (the same for an unknown e-mail and a wrong password), `denied` (right password,
 * with the reason), `unauthorized` where local passwords are off, `second_factor_required` (right password, with a challenge), `too_many_requests`, `unavailable`
 */
export const openSession = async (
  context: ServiceContext,
  requester: Requester,
  credentials: { readonly email: string; readonly password: string },
  device: LoginDevice,
): Promise<OpenedSession> => {
  try {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const checked = await checkedUser(context, requester, credentials.email, credentials.password);
      if (await hasFactor(context.db.reader, checked.user.id)) {
        throw await factorRequired(context, checked.user, device.party);
      }
      const opened = await openChecked(context, requester, checked, device.userAgent);
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

/** @throws ApiError `unauthenticated` for a challenge that does not count any more, `denied` */
const challengedUser = async (context: ServiceContext, challenge: string): Promise<UserRow> => {
  const id = challengedId(challenge);
  const user = id === undefined ? undefined : await userById(context.db.reader, id);
  if (user === undefined || !isChallengeOf(context.tokenKey, challenge, user, context.now())) {
    throw challengeOver();
  }
  if (approvalOf(user.approval_state) === 'denied') {
    throw denial(context, user);
  }
  return user;
};

/**
 * Returns what the browser needs to finish a log-in with a passkey.
 *
 * @throws ApiError as {@link finishLogin} and askForPasskey
 */
export const beginPasskeyLogin = async (
  context: ServiceContext,
  challenge: string,
  party: RelyingParty,
): Promise<z.infer<typeof PasskeyRequestOptions>> => {
  const user = await challengedUser(context, challenge);
  return askForPasskey(context, user.id, { party, boundTo: boundToLogin(challenge) });
};

/**
 * Finishes a log-in by the second factor, as {@link openSession} does without one.
 *
 * @throws ApiError `unauthenticated` for a challenge that does not count any more, `denied`, and as proveFactor
 */
export const finishLogin = async (
  context: ServiceContext,
  requester: Requester,
  { challenge, ...given }: FactorProofRequest & { readonly challenge: string },
  { userAgent, party }: LoginDevice,
): Promise<OpenedSession> => {
  const user = await challengedUser(context, challenge);
  try {
    const proof = await proveFactor(context, requester, user, given, {
      party,
      boundTo: boundToLogin(challenge),
    });
    const opened = await openChecked(context, requester, { user, newHash: undefined, proof }, userAgent);
    if (opened === undefined) {
      throw challengeOver();
    }
    return opened;
  } catch (error) {
    await noteRefusal(context, requester, user.email, error);
    throw error;
  }
};

/**
 * Ends the requester's session; its token is worth nothing from then on.
 *
 * @returns the provider's token of the log-in; empty for one with a password
 */
export const closeSession = async (context: ServiceContext, requester: Requester): Promise<string> => {
  const principal = authorizeUser(requester.principal, 'session.close');
  return change(context, requester, async (trx, audit) => {
    const idToken = (await sessionUser(trx, principal.session))?.id_token ?? '';
    await deleteSession(trx, principal.session);
    await audit('session.close', `user:${principal.email}`);
    return idToken;
  });
};

/** Who is asking, and for how many seconds their session lasts: unless it is used again, and at most. */
export const describeSession = async (
  context: ServiceContext,
  requester: Requester,
): Promise<{
  readonly user: UserView;
  readonly mustChangePassword: boolean;
  readonly secondFactor: 'none' | 'enrolled' | 'required';
  readonly external: boolean;
  readonly connected: boolean;
  readonly expiresIn: number;
  readonly maxExpiresIn: number;
}> => {
  const principal = authorizeUser(requester.principal, 'me.read');
  const row = principal.id === NOBODY ? undefined : await userById(context.db.reader, principal.id);
  if (row === undefined && principal.id !== NOBODY) {
    throw new ApiError('unauthenticated', 'Log in first.');
  }
  const now = context.now();
  const secondsUntil = (end: Date) => Math.max(0, Math.floor((end.getTime() - now.getTime()) / 1000));
  const { unused, atLatest } = endsOf(principal, requester, now);
  return {
    user: row === undefined ? tokenAsUser(principal) : userView(row),
    mustChangePassword: principal.mustChangePassword && !principal.external,
    secondFactor: principal.passwordChangeRequired ? 'none' : principal.secondFactor,
    external: principal.external,
    connected: await hasIdentity(context.db.reader, principal.id),
    expiresIn: secondsUntil(unused),
    maxExpiresIn: secondsUntil(atLatest),
  };
};
