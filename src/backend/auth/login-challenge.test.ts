import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { challengedId, isChallengeOf, loginChallenge } from './login-challenge.ts';

const key = randomBytes(32);
const user = { id: 7, password_hash: 'scrypt:1' };
const now = new Date('2026-11-28T12:00:00Z');
const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

describe('a log-in challenge', () => {
  it('names its account and counts for five minutes', () => {
    const challenge = loginChallenge(key, user, now);
    expect(challengedId(challenge)).toBe(7);
    expect(isChallengeOf(key, challenge, user, later(4.9))).toBe(true);
    expect(isChallengeOf(key, challenge, user, later(5))).toBe(false);
  });

  it.each([
    ['another account', key, { ...user, id: 8 }, (text: string) => text],
    ['another password', key, { ...user, password_hash: 'scrypt:2' }, (text: string) => text],
    ['another key', randomBytes(32), user, (text: string) => text],
    ['another expiry', key, user, (text: string) => text.replace(/\.(\d)/, '.9')],
    ['no signature', key, user, (text: string) => text.replace(/\.[^.]+$/, '.')],
    ['nothing in it', key, user, () => ''],
  ])('does not count with %s', (_what, otherKey, other, alter) => {
    const challenge = alter(loginChallenge(key, user, now));
    expect(isChallengeOf(otherKey, challenge, other, now)).toBe(false);
  });
});
