import { expect, test } from '@jest/globals';
import { auditProgress } from './audit-progress.ts';

test.each([
  [3, { done: 250_000, of: 1_000_000 }, 'Checked 250,000 of 1,000,000 rows, about 9 s left …'],
  [30, { done: 200_000, of: 1_000_000 }, 'Checked 200,000 of 1,000,000 rows, about 2 min left …'],
  [9, { done: 999_999, of: 1_000_000 }, 'Checked 999,999 of 1,000,000 rows, about 1 s left …'],
])('says after %d s how long the rest takes', (seconds, progress, text) => {
  let now = new Date(0);
  const lines: string[] = [];
  const report = auditProgress(
    () => now,
    (line) => lines.push(line),
  );
  now = new Date(seconds * 1000);
  report(progress);
  expect(lines).toEqual([text]);
});
