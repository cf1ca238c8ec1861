import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../contract/errors.ts';
import { BoundedQueue } from './bounded-queue.ts';

const LONG = 60_000;

const gate = () => {
  const held = new AbortController();
  const promise = new Promise((resolve) => {
    held.signal.addEventListener('abort', resolve);
  });
  return {
    promise,
    open: () => {
      held.abort();
    },
  };
};

describe('the queue for costly work', () => {
  it('runs no more than allowed at once and everything in the end', async () => {
    const queue = new BoundedQueue({ running: 3, waiting: 100, timeoutMs: LONG, retryAfter: 1 });
    let now = 0;
    let peak = 0;
    const task = async () => {
      now += 1;
      peak = Math.max(peak, now);
      await new Promise(setImmediate);
      now -= 1;
      return now;
    };
    const results = await Promise.all(Array.from({ length: 50 }, () => queue.run(task)));
    expect(results).toHaveLength(50);
    expect(peak).toBe(3);
  });

  it('counts what runs and what waits, also when a place is handed on', async () => {
    const queue = new BoundedQueue({ running: 1, waiting: 2, timeoutMs: LONG, retryAfter: 1 });
    const counts = () => [queue.running, queue.waiting];
    const [first, second] = [gate(), gate()];
    const running = queue.run(() => first.promise);
    const waiting = queue.run(() => second.promise);
    expect(counts()).toEqual([1, 1]);
    first.open();
    await running;
    await new Promise(setImmediate);
    expect(counts()).toEqual([1, 0]);
    const third = queue.run(() => Promise.resolve('third'));
    expect(counts()).toEqual([1, 1]);
    second.open();
    await waiting;
    expect(await third).toBe('third');
    await new Promise(setImmediate);
    expect(counts()).toEqual([0, 0]);
  });

  it('turns away what finds the waiting room full, with Retry-After', async () => {
    const queue = new BoundedQueue({ running: 1, waiting: 1, timeoutMs: LONG, retryAfter: 7 });
    const held = gate();
    const first = queue.run(() => held.promise);
    const second = queue.run(() => Promise.resolve('second'));
    const refused: unknown = await queue.run(() => Promise.resolve()).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiError);
    expect(refused).toMatchObject({ code: 'unavailable', retryAfter: 7 });
    held.open();
    await first;
    expect(await second).toBe('second');
  });

  it('turns away what has waited too long, and goes on with the others', async () => {
    const queue = new BoundedQueue({ running: 1, waiting: 9, timeoutMs: 20, retryAfter: 7 });
    const held = gate();
    const first = queue.run(() => held.promise);
    const late: unknown = await queue.run(() => Promise.resolve()).catch((error: unknown) => error);
    expect(late).toMatchObject({ code: 'unavailable', retryAfter: 7 });
    held.open();
    await first;
    expect(await queue.run(() => Promise.resolve('next'))).toBe('next');
  });

  it('forgets who left while waiting, and goes on after a failure', async () => {
    const queue = new BoundedQueue({ running: 1, waiting: 2, timeoutMs: LONG, retryAfter: 1 });
    const held = gate();
    const failing = queue.run(async () => {
      await held.promise;
      throw new Error('broken');
    });
    const leaving = new AbortController();
    let begun = false;
    const left = queue.run(() => {
      begun = true;
      return Promise.resolve();
    }, leaving.signal);
    const staying = queue.run(() => Promise.resolve('done'));
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    held.open();
    await expect(failing).rejects.toThrow('broken');
    expect(await staying).toBe('done');
    expect(begun).toBe(false);
  });
});
