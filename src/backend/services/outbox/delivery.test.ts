import { expect, it } from '@jest/globals';
import { fromTimestamp, toTimestamp } from '../../store/timestamp.ts';
import { settled } from './delivery.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const MINUTE_MS = 60_000;
const WAITING = { state: 'waiting', error: 'unreachable', detail: '' } as const;
const row = (attempts: number, hours = 72) => ({
  attempts,
  expires_at: toTimestamp(new Date(NOW.getTime() + hours * 60 * MINUTE_MS)),
});

it.each([
  [1, 1],
  [2, 5],
  [3, 15],
  [4, 60],
  [5, 120],
  [6, 240],
  [20, 240],
])('waits longer after each attempt: after attempt %i for %i minutes', (attempts, minutes) => {
  const { state, next_at: next } = settled(row(attempts), WAITING, NOW);
  expect(state).toBe('waiting');
  expect((fromTimestamp(next).getTime() - NOW.getTime()) / MINUTE_MS).toBe(minutes);
});

it('gives up when the next attempt would come too late, with the last error', () => {
  expect(settled(row(6, 3), WAITING, NOW)).toMatchObject({
    state: 'failed',
    error: 'unreachable',
    settled_at: toTimestamp(NOW),
  });
});

it('keeps what the server said of a refusal, and nothing of a success', () => {
  const refused = { state: 'failed', error: 'refused', detail: '550 unknown' } as const;
  expect(settled(row(1), refused, NOW)).toMatchObject({ state: 'failed', error_detail: '550 unknown' });
  const sent = { state: 'sent', error: '', detail: '250 queued' } as const;
  expect(settled(row(1), sent, NOW)).toMatchObject({ state: 'sent', error: '', error_detail: '' });
});
