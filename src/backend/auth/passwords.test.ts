import { expect, it } from '@jest/globals';
import { createPasswords } from './passwords.ts';

const PASSWORD = 'correct-horse-battery';
const NEXT = 'green-wagon-44';
const AT_ONCE = 2;
const SHARE = { requester: 'a', network: 'n', known: true };

it('turns away a log-in that has waited too long for its turn, with Retry-After, and goes on', async () => {
  const passwords = createPasswords(new URL('file:///nowhere'), () => Promise.resolve([]), 1);
  const checked = Array.from({ length: AT_ONCE }, () => passwords.verify(SHARE, undefined, PASSWORD));
  const late: unknown = await passwords.verify(SHARE, undefined, PASSWORD).catch((error: unknown) => error);
  expect(late).toMatchObject({
    code: 'unavailable',
    retryAfter: 2,
    message: 'Too many log-ins at once. Try again in a moment.',
  });
  expect(await Promise.all(checked)).toEqual([false, false]);
  expect(await passwords.verify(SHARE, await passwords.hash(SHARE, PASSWORD), PASSWORD)).toBe(true);
});

it('checks the present password and hashes the next one in one turn, which nobody gets in between', async () => {
  const passwords = createPasswords(new URL('file:///nowhere'));
  const stored = await passwords.hash(SHARE, PASSWORD);
  const others = 8;
  let ended = 0;
  const check = async (): Promise<void> => {
    await passwords.verify(SHARE, stored, PASSWORD);
    ended += 1;
  };
  const exchange = passwords
    .exchange(SHARE, stored, PASSWORD, NEXT)
    .then((hash) => ({ hash, endedBefore: ended }));
  const [{ hash, endedBefore }] = await Promise.all([exchange, ...Array.from({ length: others }, check)]);
  expect(endedBefore).toBeLessThan(others - AT_ONCE);
  expect(await passwords.verify(SHARE, hash, NEXT)).toBe(true);
  expect(await passwords.exchange(SHARE, stored, NEXT, PASSWORD)).toBeUndefined();
});
