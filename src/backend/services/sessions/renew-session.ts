import { IDLE_SECONDS, RENEWAL_SECONDS } from '../../../contract/session-times.ts';
import { SESSION_SECONDS } from '../../auth/session-token.ts';
import { NOBODY } from '../../auth/project-token.ts';
import type { Principal, Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import { markAccessTokenUsed } from '../../store/access-tokens.ts';
import type { Trx } from '../../store/database.ts';
import { markProjectTokenUsed } from '../../store/project-tokens.ts';
import { renewSession } from '../../store/sessions.ts';
import { toTimestamp } from '../../store/timestamp.ts';

const limitOf = (opened: Date): Date => new Date(opened.getTime() + SESSION_SECONDS * 1000);

/** Gives when a session used at `now` ends: after its idle time, at its absolute limit at the latest. */
export const sessionEnd = (opened: Date, now: Date): Date =>
  new Date(Math.min(now.getTime() + IDLE_SECONDS * 1000, limitOf(opened).getTime()));

const isDue = ({ used }: Principal, now: Date): boolean =>
  now.getTime() - used.getTime() >= RENEWAL_SECONDS * 1000;

/** Gives when the session of a request made at `now` ends unless it is used again, and when it ends at the latest. */
export const endsOf = (
  principal: Principal,
  { unattended }: Requester,
  now: Date,
): { readonly unused: Date; readonly atLatest: Date } => {
  const { scopes, opened, expires } = principal;
  if (scopes !== undefined) {
    return { unused: expires, atLatest: expires };
  }
  const renewed = !unattended && isDue(principal, now);
  return { unused: renewed ? sessionEnd(opened, now) : expires, atLatest: limitOf(opened) };
};

const note = (trx: Trx, { id, session, scopes, opened }: Principal, now: Date): Promise<void> => {
  const used_at = toTimestamp(now);
  if (id === NOBODY) {
    return markProjectTokenUsed(trx, session, used_at);
  }
  return scopes === undefined
    ? renewSession(trx, session, { used_at, expires_at: toTimestamp(sessionEnd(opened, now)) })
    : markAccessTokenUsed(trx, session, used_at);
};

/**
 * Keeps sessions in use alive. The returned function resolves at once where nothing is due, and never rejects: a
 * database that cannot be written fails what writes, not the reading request.
 */
export const sessionRenewal = (
  context: Pick<ServiceContext, 'db' | 'now' | 'log'>,
): ((principal: Principal) => Promise<void>) => {
  const underWay = new Set<string>();
  return async (principal) => {
    const { session } = principal;
    const now = context.now();
    if (!isDue(principal, now) || underWay.has(session)) {
      return;
    }
    underWay.add(session);
    try {
      await context.db.write((trx) => note(trx, principal, now));
    } catch (error) {
      context.log.warn({ err: error }, 'a session could not be renewed');
    } finally {
      underWay.delete(session);
    }
  };
};
