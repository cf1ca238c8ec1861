import { expect, test } from '@jest/globals';
import { formatDuration } from './format-duration.ts';

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [125, '2 min 5 s'],
  [3600, '1 h'],
  [3_605, '1 h'],
  [273_600, '3 d 4 h'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
