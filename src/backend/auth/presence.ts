import { ApiError } from '../../contract/errors.ts';
import type { Principal } from './principal.ts';

const MINUTE_MS = 60_000;

/** Time for which a confirmed password allows what cannot be undone. */
export const PRESENCE_MS = 5 * MINUTE_MS;
/** The same for kits of others, which are downloaded one after the other. */
export const KIT_PRESENCE_MS = 30 * MINUTE_MS;

/**
 * Asks for the password again before something that a stolen session must not be enough for.
 *
 * @throws ApiError `confirmation_required` when the session's last log-in or confirmation is older than `withinMs`
 */
export const requirePresence = (principal: Principal, now: Date, withinMs: number): void => {
  // Whoever generated the access token was present; a lost one must not be enough for what cannot be undone.
  if (principal.scopes !== undefined && withinMs === KIT_PRESENCE_MS) {
    return;
  }
  if (principal.scopes !== undefined) {
    throw new ApiError('unauthorized', 'An access token is not enough for this: log in.');
  }
  if (now.getTime() - principal.confirmed.getTime() <= withinMs) {
    return;
  }
  throw new ApiError('confirmation_required', 'Confirm your password first (POST /sessions/confirm).');
};
