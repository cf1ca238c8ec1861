import { createHmac, timingSafeEqual } from 'node:crypto';

/** Longest time for the second step of a log-in. */
const CHALLENGE_MS = 5 * 60_000;
const CHALLENGE = /^(\d{1,16})\.(\d{1,16})\.([\w-]{43})$/;

/** The part of an account that a challenge is for; another password makes it worthless. */
interface Challenged {
  readonly id: number;
  readonly password_hash: string;
}

const LOG_IN = 'log-in';

/** Binds a challenge to one denial, so that it is worth nothing for the next one. */
export const askAgainPurpose = (user: { readonly updated_at: string }): string =>
  `ask again\0${user.updated_at}`;

const signature = (key: Uint8Array, user: Challenged, expires: number, purpose: string): Buffer =>
  createHmac('sha256', key).update(`${purpose}\0${user.id}\0${expires}\0${user.password_hash}`).digest();

/** Proves to the next step, such as the second factor, that the password was right; it is no session. */
export const loginChallenge = (key: Uint8Array, user: Challenged, now: Date, purpose = LOG_IN): string => {
  const expires = now.getTime() + CHALLENGE_MS;
  return `${user.id}.${expires}.${signature(key, user, expires, purpose).toString('base64url')}`;
};

/** The account that the challenge claims to be for. */
export const challengedId = (challenge: string): number | undefined => {
  const id = CHALLENGE.exec(challenge)?.[1];
  return id === undefined ? undefined : Number(id);
};

/** True while the challenge counts for this account. */
export const isChallengeOf = (
  key: Uint8Array,
  challenge: string,
  user: Challenged,
  now: Date,
  purpose = LOG_IN,
): boolean => {
  const [, id, expires, signed] = CHALLENGE.exec(challenge) ?? [];
  if (signed === undefined || Number(id) !== user.id || Number(expires) <= now.getTime()) {
    return false;
  }
  return timingSafeEqual(Buffer.from(signed, 'base64url'), signature(key, user, Number(expires), purpose));
};
