import { expect, test } from '@jest/globals';
import { createLog } from './log.ts';
import { logOnce } from './log-once.ts';

const failed = () => Promise.reject(new Error('no network'));
const done = () => Promise.resolve();

test('logs an error of each kind of work once, and again after the work has succeeded', async () => {
  const lines: string[] = [];
  const guarded = logOnce(
    createLog('warn', (line) => lines.push(line)),
    'cannot be done now',
  );
  for (const work of [failed, failed, done, failed]) {
    await guarded(work, 'mail');
  }
  expect(lines).toHaveLength(2);
  await guarded(failed, 'webhook');
  await guarded(failed);
  expect(lines).toHaveLength(4);
});
