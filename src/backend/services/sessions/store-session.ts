import { randomBytes } from 'node:crypto';
import { approvalOf } from '../../../contract/approval.ts';
import type { Requester } from '../../auth/principal.ts';
import { SESSION_SECONDS, signToken } from '../../auth/session-token.ts';
import type { AuditWriter, ServiceContext } from '../../context/context.ts';
import type { Trx } from '../../store/database.ts';
import {
  deleteExpiredSessions,
  deleteSession,
  deleteUnusedSessions,
  insertSession,
} from '../../store/sessions.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { updateUser, type UserRow } from '../../store/users.ts';
import { queueMail } from '../outbox/queue-mail.ts';
import { sessionEnd } from './renew-session.ts';

/** Result of a log-in. */
export interface OpenedSession {
  readonly token: string;
  readonly seconds: number;
  readonly user: { readonly id: number; readonly email: string; readonly role: string };
  readonly mustChangePassword: boolean;
}

const MAX_USER_AGENT = 256;
const ID_BYTES = 16;
/** Of one account. */
const MAX_SESSIONS = 100;

/** Remembers the log-in, and tells the account's owner of one in a browser where nobody was logged in before. */
const noteLogIn = async (
  context: ServiceContext,
  requester: Requester,
  trx: Trx,
  user: UserRow,
  userAgent: string | undefined,
): Promise<void> => {
  const at = context.now().toISOString();
  // What was chosen stays, on whichever computer.
  const language = user.language === '' ? requester.language : user.language;
  await updateUser(trx, user.id, { logged_in_at: toTimestamp(context.now()), language });
  if (user.logged_in_at === '' || requester.browser(user.email) !== undefined) {
    return;
  }
  const { address } = requester;
  const agent = (userAgent ?? '').replace(/\p{C}+/gu, ' ').slice(0, MAX_USER_AGENT);
  const once = `log-in ${user.id} ${address} ${at.slice(0, 10)}`;
  await queueMail(context, trx, user.email, { event: 'new_login', at, address, agent }, { once });
};

/** Describes how somebody logged in. */
export interface LoginMeans {
  /** The browser or program, as it names itself. */
  readonly userAgent: string | undefined;
  /** When the person proved who they are; undefined: not known. */
  readonly confirmed: Date | undefined;
  /** Of an identity provider; empty for a password. */
  readonly idToken: string;
  /** For the audit. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Stores a session in the open transaction, and ends the one that the request came with: one browser holds one. */
export const storeSession = async (
  {
    context,
    requester,
    trx,
    audit,
  }: {
    readonly context: ServiceContext;
    readonly requester: Requester;
    readonly trx: Trx;
    readonly audit: AuditWriter;
  },
  user: UserRow,
  { userAgent, confirmed, idToken, detail }: LoginMeans,
): Promise<OpenedSession> => {
  const now = context.now();
  const jti = randomBytes(ID_BYTES).toString('base64url');
  const at = toTimestamp(now);
  await deleteExpiredSessions(trx, at);
  if (requester.principal !== undefined) {
    await deleteSession(trx, requester.principal.session);
  }
  await deleteUnusedSessions(trx, user.id, MAX_SESSIONS - 1);
  await insertSession(trx, {
    jti,
    user_id: user.id,
    created_at: at,
    used_at: at,
    confirmed_at: confirmed === undefined ? '' : toTimestamp(confirmed),
    expires_at: toTimestamp(sessionEnd(now, now)),
    address: requester.address,
    user_agent: (userAgent ?? '').slice(0, MAX_USER_AGENT),
    id_token: idToken,
  });
  await noteLogIn(context, requester, trx, user, userAgent);
  await audit('session.open', `user:${user.email}`, detail);
  const claims = {
    sub: user.email,
    jti,
    role: user.role,
    organization: user.organization,
    approved: approvalOf(user.approval_state) === 'approved',
  };
  return {
    token: signToken({ key: context.tokenKey, audience: context.auditKey.id }, claims, now),
    seconds: SESSION_SECONDS,
    user: { id: user.id, email: user.email, role: user.role },
    mustChangePassword: idToken === '' && user.must_change_password !== 0,
  };
};
