import { memoryUsage } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { collectWhenIdle } from './collect-garbage.ts';

const EVERY_MS = 50;
const MIB = 2 ** 20;

const until = async (happened: () => boolean): Promise<void> => {
  while (!happened()) {
    await pause(EVERY_MS);
  }
};

const keepBusy = async (milliseconds: number): Promise<void> => {
  const ends = performance.now() + milliseconds;
  while (performance.now() < ends) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
};

test('waits while the event loop is busy, and collects once when it is idle', async () => {
  let times = 0;
  const end = collectWhenIdle(EVERY_MS, () => {
    times += 1;
  });
  await keepBusy(5 * EVERY_MS);
  const whileBusy = times;
  await until(() => times > 0);
  await pause(5 * EVERY_MS);
  end();
  expect(whileBusy).toBe(0);
  expect(times).toBe(1);
});

test('gives back what nothing refers to any more', async () => {
  const full = Array.from({ length: 200_000 }, (_, index) => ({ index })).length;
  const before = memoryUsage().heapUsed;
  const end = collectWhenIdle(EVERY_MS);
  await until(() => memoryUsage().heapUsed < before - 5 * MIB);
  end();
  expect(full).toBe(200_000);
});
