import { expect, it } from '@jest/globals';
import { loggedWarning } from './logged-warning.ts';

const line = (fields: object): string => JSON.stringify({ time: '2026-11-24', ...fields });

it('takes a warning for the operator out of a log line, without what acts on a terminal', () => {
  const warning = { level: 40, msg: 'It is \u001b[31mwrong\nhere.', advice: 'Correct it.' };
  expect(loggedWarning(line(warning))).toBe('It is  [31mwrong here. Correct it.');
});

it.each([
  ['another level', line({ level: 30, msg: 'ready', advice: 'none' })],
  ['no advice', line({ level: 40, msg: 'refused' })],
  ['no JSON', 'Warning: something'],
  ['nothing', ''],
])('leaves out a line with %s', (_what, text) => {
  expect(loggedWarning(text)).toBeUndefined();
});
