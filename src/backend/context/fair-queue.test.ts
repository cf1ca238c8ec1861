import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../contract/errors.ts';
import { FairQueue } from './fair-queue.ts';

const LONG = 60_000;
const LIMITS = { runningShare: 9, share: 99, busy: 'Busy.' };
const ANYONE = { requester: 'a', network: 'n', known: true };

const from = (requester: string, network = requester, known = false) => ({ requester, network, known });

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
    const queue = new FairQueue({ ...LIMITS, running: 3, waiting: 100, timeoutMs: LONG, retryAfter: 1 });
    let now = 0;
    let peak = 0;
    const task = async () => {
      now += 1;
      peak = Math.max(peak, now);
      await new Promise(setImmediate);
      now -= 1;
      return now;
    };
    const results = await Promise.all(Array.from({ length: 50 }, () => queue.run(ANYONE, task)));
    expect(results).toHaveLength(50);
    expect(peak).toBe(3);
  });

  it('counts what runs and what waits, also when a place is handed on', async () => {
    const queue = new FairQueue({ ...LIMITS, running: 1, waiting: 2, timeoutMs: LONG, retryAfter: 1 });
    const counts = () => [queue.running, queue.waiting];
    const [first, second] = [gate(), gate()];
    const running = queue.run(ANYONE, () => first.promise);
    const waiting = queue.run(ANYONE, () => second.promise);
    expect(counts()).toEqual([1, 1]);
    first.open();
    await running;
    await new Promise(setImmediate);
    expect(counts()).toEqual([1, 0]);
    const third = queue.run(ANYONE, () => Promise.resolve('third'));
    expect(counts()).toEqual([1, 1]);
    second.open();
    await waiting;
    expect(await third).toBe('third');
    await new Promise(setImmediate);
    expect(counts()).toEqual([0, 0]);
  });

  it('turns away what finds the waiting room full, with Retry-After', async () => {
    const queue = new FairQueue({ ...LIMITS, running: 1, waiting: 1, timeoutMs: LONG, retryAfter: 7 });
    const held = gate();
    const first = queue.run(ANYONE, () => held.promise);
    const second = queue.run(ANYONE, () => Promise.resolve('second'));
    const refused: unknown = await queue
      .run(ANYONE, () => Promise.resolve())
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiError);
    expect(refused).toMatchObject({ code: 'unavailable', retryAfter: 7 });
    held.open();
    await first;
    expect(await second).toBe('second');
  });

  it('turns away what has waited too long, and serves the others', async () => {
    const queue = new FairQueue({ ...LIMITS, running: 1, waiting: 9, timeoutMs: 20, retryAfter: 7 });
    const held = gate();
    const first = queue.run(ANYONE, () => held.promise);
    const late: unknown = await queue.run(ANYONE, () => Promise.resolve()).catch((error: unknown) => error);
    expect(late).toMatchObject({ code: 'unavailable', retryAfter: 7 });
    held.open();
    await first;
    expect(await queue.run(ANYONE, () => Promise.resolve('next'))).toBe('next');
  });

  it('forgets who left while waiting, and goes on after a failure', async () => {
    const queue = new FairQueue({ ...LIMITS, running: 1, waiting: 2, timeoutMs: LONG, retryAfter: 1 });
    const held = gate();
    const failing = queue.run(ANYONE, async () => {
      await held.promise;
      throw new Error('broken');
    });
    const leaving = new AbortController();
    let begun = false;
    const left = queue.run(
      ANYONE,
      () => {
        begun = true;
        return Promise.resolve();
      },
      leaving.signal,
    );
    const staying = queue.run(ANYONE, () => Promise.resolve('done'));
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    held.open();
    await expect(failing).rejects.toThrow('broken');
    expect(await staying).toBe('done');
    expect(begun).toBe(false);
  });

  const queueOf = (limits: object) =>
    new FairQueue({ ...LIMITS, running: 1, waiting: 100, timeoutMs: LONG, retryAfter: 1, ...limits });

  /** Holds the queue, lets tasks line up, and gives the order in which they ran. */
  const orderOf = async (queue: FairQueue, line: readonly Parameters<typeof queue.run>[0][]) => {
    const held = gate();
    const first = queue.run(from('holder'), () => held.promise);
    const order: string[] = [];
    const tasks = line.map((one) =>
      queue.run(one, () => {
        order.push(one.requester);
        return Promise.resolve();
      }),
    );
    held.open();
    await Promise.all([first, ...tasks]);
    return order;
  };

  it('lets requesters of one network take turns', async () => {
    const line = ['a', 'a', 'a', 'b', 'c'].map((name) => from(name, 'n'));
    expect(await orderOf(queueOf({}), line)).toEqual(['a', 'b', 'c', 'a', 'a']);
  });

  it('lets networks take turns, however many addresses one of them uses', async () => {
    const line = ['a1', 'a2', 'a3', 'a4', 'b1'].map((name) => from(name, name.slice(0, 1)));
    expect(await orderOf(queueOf({}), line)).toEqual(['a1', 'b1', 'a2', 'a3', 'a4']);
  });

  it('serves known requesters every other time, however many strangers wait', async () => {
    const strangers = Array.from({ length: 30 }, (_, index) => from(`s${index}`));
    const order = await orderOf(queueOf({}), [
      ...strangers,
      from('known', 'n', true),
      from('known', 'n', true),
    ]);
    expect(order.indexOf('known')).toBeLessThanOrEqual(1);
    expect(order.lastIndexOf('known')).toBeLessThanOrEqual(3);
  });

  it('keeps half of the waiting room for known requesters', async () => {
    const queue = queueOf({ waiting: 10 });
    const held = gate();
    const first = queue.run(from('holder'), () => held.promise);
    const tasks = Array.from({ length: 20 }, (_, index) =>
      queue.run(from(`s${index}`), () => Promise.resolve('ran')).catch(() => 'refused'),
    );
    const known = queue.run(from('known', 'n', true), () => Promise.resolve('ran'));
    held.open();
    await first;
    expect((await Promise.all(tasks)).filter((result) => result === 'ran')).toHaveLength(5);
    expect(await known).toBe('ran');
  });

  it('refuses what is beyond the share of one requester', async () => {
    const queue = queueOf({ share: 2 });
    const held = gate();
    const first = queue.run(from('a'), () => held.promise);
    const tasks = Array.from({ length: 4 }, () =>
      queue.run(from('a'), () => Promise.resolve('ran')).catch(() => 'refused'),
    );
    held.open();
    await first;
    expect(await Promise.all(tasks)).toEqual(['ran', 'ran', 'refused', 'refused']);
  });

  it('keeps running room for others, and tells a task how many of its requester run', async () => {
    const queue = queueOf({ running: 3, runningShare: 2 });
    const held = gate();
    const ranks: number[] = [];
    const tasks = Array.from({ length: 3 }, () =>
      queue.run(from('a'), async (rank) => {
        ranks.push(rank);
        await held.promise;
      }),
    );
    expect(await queue.run(from('b'), (rank) => Promise.resolve(rank))).toBe(1);
    expect(ranks).toEqual([1, 2]);
    held.open();
    await Promise.all(tasks);
    expect(ranks).toHaveLength(3);
  });
});
