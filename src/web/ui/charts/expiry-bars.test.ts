import { expect, test } from '@jest/globals';
import { expiryBars } from './expiry-bars.ts';

const TODAY = new Date('2026-11-28T12:00:00Z');
const LABELS = {
  expired: 'expired',
  later: 'later',
  month: (date: Date) => `month ${date.getUTCMonth() + 1}`,
};

const counted = (expired: number, months: readonly { readonly month: string; readonly count: number }[]) =>
  expiryBars(TODAY, { expired, months }, LABELS)
    .filter(({ count }) => count > 0)
    .map(({ label, count }) => [label, count]);

test('shows the certificates that expire next, however late the last one expires', () => {
  const months = [
    { month: '2026-12', count: 2 },
    { month: '2028-11', count: 1 },
  ];
  expect(counted(0, months)).toEqual([
    ['month 12', 2],
    ['later', 1],
  ]);
});

test('counts apart those that have expired', () => {
  expect(counted(1, [{ month: '2026-11', count: 1 }])).toEqual([
    ['expired', 1],
    ['month 11', 1],
  ]);
});

test('shows the months from today on', () => {
  expect(expiryBars(TODAY, { expired: 0, months: [] }, LABELS).map(({ label }) => label)).toEqual(
    [11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((month) => `month ${month}`),
  );
});
