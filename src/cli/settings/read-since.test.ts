import { expect, test } from '@jest/globals';
import { readSince } from './read-since.ts';

const NOW = new Date('2026-11-28T09:00:00Z');

test.each([
  ['90s', '2026-11-28T08:58:30Z'],
  ['10m', '2026-11-28T08:50:00Z'],
  ['2h', '2026-11-28T07:00:00Z'],
  ['3d', '2026-11-25T09:00:00Z'],
  ['2026-11-27T10:00:00Z', '2026-11-27T10:00:00Z'],
])('reads %s', (text, at) => {
  expect(readSince(text, NOW)).toBe(Date.parse(at));
});

test.each(['', '10', '10w', 'yesterday', '-5m', '7'])('rejects %j', (text) => {
  expect(() => readSince(text, NOW)).toThrow('--since');
});
