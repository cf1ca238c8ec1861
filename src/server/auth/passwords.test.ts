import { expect, it } from '@jest/globals';
import { createPasswords } from './passwords.ts';

const PASSWORD = 'correct-horse-battery';
const AT_ONCE = 2;

it('turns away a log-in that has waited too long for its turn, with Retry-After, and goes on', async () => {
  const passwords = createPasswords(new URL('file:///nowhere'), 1);
  const checked = Array.from({ length: AT_ONCE }, () => passwords.verify(undefined, PASSWORD));
  const late: unknown = await passwords.verify(undefined, PASSWORD).catch((error: unknown) => error);
  expect(late).toMatchObject({
    code: 'unavailable',
    retryAfter: 2,
    message: 'Too many log-ins at once. Try again in a moment.',
  });
  expect(await Promise.all(checked)).toEqual([false, false]);
  expect(await passwords.verify(await passwords.hash(PASSWORD), PASSWORD)).toBe(true);
});
