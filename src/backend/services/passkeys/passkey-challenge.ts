import { createHash, randomBytes } from 'node:crypto';
import type { ServiceContext } from '../../context/context.ts';
import { replaceChallenge, takeChallenge } from '../../store/passkey-challenges.ts';
import { toTimestamp } from '../../store/timestamp.ts';

const BYTES = 32;
/** Time for the browser and the person. */
export const CHALLENGE_MS = 5 * 60_000;

/** Names the session for which a challenge counts. */
export const boundToSession = (session: string): string => `session:${session}`;

/** Names the log-in for which a challenge counts, without keeping its own challenge in the database. */
export const boundToLogin = (loginChallenge: string): string =>
  `login:${createHash('sha256').update(loginChallenge).digest('hex')}`;

/** Generates what a passkey is to sign; an earlier challenge of the same session or log-in is void. */
export const newChallenge = async (
  { db, now }: Pick<ServiceContext, 'db' | 'now'>,
  bound_to: string,
): Promise<string> => {
  const challenge = randomBytes(BYTES).toString('base64url');
  const at = now();
  const expires_at = toTimestamp(new Date(at.getTime() + CHALLENGE_MS));
  await db.write((trx) => replaceChallenge(trx, { challenge, bound_to, expires_at }, toTimestamp(at)));
  return challenge;
};

/** Uses a challenge up, whatever comes of it. @returns undefined where none counts */
export const spendChallenge = (
  { db, now }: Pick<ServiceContext, 'db' | 'now'>,
  boundTo: string,
): Promise<string | undefined> => db.write((trx) => takeChallenge(trx, boundTo, toTimestamp(now())));
