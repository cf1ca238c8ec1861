import { expect, test } from '@jest/globals';
import { everyCommand } from '../../../test/support/every-command.ts';
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

test.each(everyCommand().map(({ name }) => name))('knows the command %s', (name) => {
  expect(nameForCheckout(`Use \`dashboard ${name}\`.`)).toBe(`Use \`npm run dashboard -- ${name}\`.`);
});
