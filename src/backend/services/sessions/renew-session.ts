import { IDLE_SECONDS, SESSION_SECONDS } from '../../auth/session-token.ts';
import type { Principal } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import { markAccessTokenUsed } from '../../store/access-tokens.ts';
import { renewSession } from '../../store/sessions.ts';
import { toTimestamp } from '../../store/timestamp.ts';

/** A session's end is moved at most once in this time, so that requests that only read write next to nothing. */
const RENEWAL_MS = 60_000;

/** Gives when a session used at `now` ends: after its idle time, at its absolute limit at the latest. */
export const sessionEnd = (opened: Date, now: Date): Date =>
  new Date(Math.min(now.getTime() + IDLE_SECONDS * 1000, opened.getTime() + SESSION_SECONDS * 1000));

/**
 * Keeps sessions in use alive. The returned function resolves at once where nothing is due, and never rejects: a
 * database that cannot be written fails what writes, not the reading request.
 */
export const sessionRenewal = (
  context: Pick<ServiceContext, 'db' | 'now' | 'log'>,
): ((principal: Principal) => Promise<void>) => {
  const underWay = new Set<string>();
  return async ({ session, scopes, opened, used }) => {
    const now = context.now();
    if (now.getTime() - used.getTime() < RENEWAL_MS || underWay.has(session)) {
      return;
    }
    underWay.add(session);
    const times = { used_at: toTimestamp(now), expires_at: toTimestamp(sessionEnd(opened, now)) };
    try {
      await context.db.write((trx) =>
        scopes === undefined
          ? renewSession(trx, session, times)
          : markAccessTokenUsed(trx, session, times.used_at),
      );
    } catch (error) {
      context.log.warn({ err: error }, 'a session could not be renewed');
    } finally {
      underWay.delete(session);
    }
  };
};
