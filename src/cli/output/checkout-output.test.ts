import { expect, test } from '@jest/globals';
import { nameForCheckout } from './checkout-output.ts';

test.each([
  ['Use `dashboard restart` with these options.', 'Use `npm run dashboard -- restart` with these options.'],
  ["dashboard stop --local -f '/srv/a'", "npm run dashboard -- stop --local -f '/srv/a'"],
  ['dashboard --start -p 1', 'npm run dashboard -- --start -p 1'],
])('names a command that exists in a clone: %s', (text, expected) => {
  expect(nameForCheckout(text)).toBe(expected);
});

test.each(['The dashboard stops.', 'No dashboard is running.', 'The dashboard started.'])(
  'leaves prose alone: %s',
  (text) => {
    expect(nameForCheckout(text)).toBe(text);
  },
);
