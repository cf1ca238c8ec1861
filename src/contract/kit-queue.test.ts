import { expect, test } from '@jest/globals';
import { untilServed } from './kit-queue.ts';

test('asks again after the time that each response names, until one names none', async () => {
  const responses = [10, 3, undefined, 7];
  const waits: number[] = [];
  const served = await untilServed(
    () => Promise.resolve(responses.shift()),
    (seconds) => seconds,
    (ms) => Promise.resolve(waits.push(ms)),
  );
  expect(served).toBeUndefined();
  expect(waits).toEqual([10_000, 3000]);
});

test('gives up after a quarter of an hour, with the last refusal', async () => {
  let asked = 0;
  const served = await untilServed(
    () => Promise.resolve((asked += 1)),
    () => 1,
    () => Promise.resolve(),
  );
  expect(served).toBe(15);
  expect(asked).toBe(15);
});
