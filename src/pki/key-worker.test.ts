import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, jest, test } from '@jest/globals';
import { KeyWorker } from './key-worker.ts';

jest.setTimeout(60_000);

const worker = new KeyWorker(20);
afterEach(() => worker.close());

test('a thread that has nothing to do ends, and another begins when it is needed', async () => {
  const one = await worker.make(2048);
  expect(worker.running).toBe(true);
  while (worker.running) {
    await pause(10);
  }
  const other = await worker.make(2048);
  expect(other.privateKeyPem).not.toBe(one.privateKeyPem);
});
