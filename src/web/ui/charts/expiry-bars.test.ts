import { expect, test } from '@jest/globals';
import { expiryBars } from './expiry-bars.ts';

const TODAY = new Date('2026-11-28T12:00:00Z');
const LABELS = { expired: 'expired', later: 'later', month: (date: Date) => `month ${date.getMonth() + 1}` };

const counted = (ends: readonly string[]) =>
  expiryBars(
    TODAY,
    ends.map((not_after) => ({ not_after })),
    LABELS,
  )
    .filter(({ count }) => count > 0)
    .map(({ label, count }) => [label, count]);

test('shows the certificates that expire next, however late the last one expires', () => {
  expect(counted(['2026-12-05T00:00:00Z', '2026-12-06T00:00:00Z', '2028-11-01T12:00:00Z'])).toEqual([
    ['month 12', 2],
    ['later', 1],
  ]);
});

test('counts apart those that have expired in the present month', () => {
  expect(counted(['2026-11-27T12:00:00Z', '2026-11-29T12:00:00Z'])).toEqual([
    ['expired', 1],
    ['month 11', 1],
  ]);
});

test('shows the months from today on', () => {
  expect(expiryBars(TODAY, [], LABELS).map(({ label }) => label)).toEqual(
    [11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((month) => `month ${month}`),
  );
});
