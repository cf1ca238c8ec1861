import { createPrivateKey, createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { until } from '../../test/support/until.ts';
import { KeyPool, type KeyPoolOptions } from './key-pool.ts';
import { PkiError } from './pki-error.ts';

jest.setTimeout(60_000);

const pools: KeyPool[] = [];
const openPool = (options: Partial<KeyPoolOptions> = {}): KeyPool => {
  const pool = new KeyPool({ bits: 2048, stock: 0, ...options });
  pools.push(pool);
  return pool;
};
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the key pool', () => {
  test.each([2048, 3072] as const)('gives a pair of %i bits whose halves belong together', async (bits) => {
    const pair = await openPool().take(bits);
    const key = createPrivateKey(pair.privateKeyPem);
    expect(pair.bits).toBe(bits);
    expect(pair.privateKeyPem).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
    expect(key.asymmetricKeyDetails).toEqual({ modulusLength: bits, publicExponent: 65_537n });
    const ofPrivate = createPublicKey(key).export({ type: 'pkcs1', format: 'der' });
    expect(Buffer.from(pair.publicKeyDer).equals(ofPrivate)).toBe(true);
  });

  test('fills its stock ahead, gives from it at once and refills it', async () => {
    const pool = openPool({ stock: 2 });
    pool.prefer(2048);
    await until(() => pool.ready === 2);
    const taken = pool.take(2048);
    expect(pool.ready).toBe(1);
    expect(pool.waiting).toBe(0);
    await taken;
    await until(() => pool.ready === 2);
    expect(pool.ready).toBe(2);
  });

  test('keeps a pair ready for each taker who is expected, and no more once they have come', async () => {
    const pool = openPool({ stock: 1 });
    pool.prefer(2048, 2);
    await until(() => pool.ready === 2);
    pool.expect();
    await until(() => pool.ready === 3);
    expect(pool.target).toBe(3);
    await Promise.all([pool.take(2048), pool.take(2048), pool.take(2048)]);
    expect(pool.target).toBe(1);
  });

  test('makes pairs ahead for those who are expected before any can be taken', async () => {
    const pool = openPool({ stock: 4 });
    pool.expect(2);
    expect(pool.target).toBe(2);
    await until(() => pool.ready === 2);
    pool.resize(3072);
    expect([pool.ready, pool.target]).toEqual([0, 2]);
    pool.prefer(3072, 2);
    expect(pool.target).toBe(4);
  });

  test('bounds what is kept ready, whoever is expected', () => {
    const pool = openPool({ stock: 1 });
    pool.prefer(2048, 100_000);
    expect(pool.target).toBe(512);
  });

  test('never gives the same pair twice, whether from stock or made on demand', async () => {
    const pool = openPool({ stock: 4 });
    pool.prefer(2048);
    await until(() => pool.ready === 4);
    const pairs = await Promise.all(Array.from({ length: 12 }, () => pool.take(2048)));
    expect(new Set(pairs.map((pair) => pair.privateKeyPem)).size).toBe(12);
  });

  test('makes nothing ahead before pairs are wanted', async () => {
    const pool = openPool({ stock: 1 });
    await pause(300);
    expect(pool.ready).toBe(0);
    await pool.take(2048);
    await until(() => pool.ready === 1);
  });

  test('makes pairs of another size than the stock on demand', async () => {
    const pool = openPool({ stock: 1 });
    pool.prefer(2048);
    await until(() => pool.ready === 1);
    expect((await pool.take(3072)).bits).toBe(3072);
    expect(pool.ready).toBe(1);
  });

  test('keeps another size ready after a change of mind', async () => {
    const pool = openPool({ stock: 1 });
    pool.prefer(2048);
    await until(() => pool.ready === 1);
    pool.prefer(3072);
    expect(pool.ready).toBe(0);
    await until(() => pool.ready === 1);
    const taken = pool.take(3072);
    expect(pool.waiting).toBe(0);
    expect((await taken).bits).toBe(3072);
  });

  test('refuses takers beyond its bound and says when to come back', async () => {
    const pool = openPool({ maxWaiting: 2, workers: 1 });
    const served = [pool.take(2048), pool.take(2048)];
    const error = await errorOf(pool.take(2048));
    expect(error).toBeInstanceOf(PkiError);
    expect(error).toMatchObject({ code: 'pool_busy' });
    expect(error instanceof PkiError && error.retryAfter).toBeGreaterThanOrEqual(1);
    await Promise.all(served);
    await expect(pool.take(2048)).resolves.toMatchObject({ bits: 2048 });
  });

  test('lets a taker give up, and serves the others', async () => {
    const pool = openPool({ workers: 1 });
    const abort = new AbortController();
    const first = pool.take(2048);
    const given = errorOf(pool.take(2048, abort.signal));
    const third = pool.take(2048);
    abort.abort(new Error('no longer wanted'));
    expect(await given).toMatchObject({ message: 'no longer wanted' });
    expect(pool.waiting).toBe(2);
    const pairs = await Promise.all([first, third]);
    expect(pairs[0].privateKeyPem).not.toBe(pairs[1].privateKeyPem);
  });

  test("serves a taker's first pair before another one's second", async () => {
    const pool = openPool({ workers: 1, stock: 0 });
    const order: string[] = [];
    const take = async (name: string, rank: number) => {
      await pool.take(2048, undefined, rank);
      order.push(name);
    };
    await Promise.all([take('a1', 1), take('a2', 2), take('a3', 3), take('b1', 1)]);
    expect(order).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  test('refuses a taker who has given up before', async () => {
    const pool = openPool({ stock: 1 });
    pool.prefer(2048);
    await until(() => pool.ready === 1);
    expect(await errorOf(pool.take(2048, AbortSignal.abort()))).toMatchObject({ name: 'AbortError' });
    expect(pool.ready).toBe(1);
  });

  test('leaves the event loop free while pairs are made', async () => {
    const pool = openPool();
    const before = performance.eventLoopUtilization();
    await Promise.all(Array.from({ length: 4 }, () => pool.take(3072)));
    // Close to 1 if they were made in this thread.
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.7);
  });

  test('refuses those who wait and those who come when it is closed, and leaves no thread', async () => {
    const pool = openPool({ workers: 2 });
    const waiting = [errorOf(pool.take(4096)), errorOf(pool.take(4096)), errorOf(pool.take(4096))];
    await pool.close();
    for (const error of await Promise.all(waiting)) {
      expect(error).toMatchObject({ code: 'pool_closed' });
    }
    expect(await errorOf(pool.take(2048))).toMatchObject({ code: 'pool_closed' });
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Worker')).toEqual([]);
  });

  test('gives stored pairs up before it hands them out, and stores those it generates', async () => {
    const events: string[] = [];
    let saved = 0;
    const save = () => {
      saved += 1;
      const name = `new ${saved}`;
      return Promise.resolve(() => {
        events.push(`release ${name}`);
        return Promise.resolve();
      });
    };
    const pair = (privateKeyPem: string) =>
      ({ bits: 2048, publicKeyDer: new Uint8Array(), privateKeyPem }) as const;
    const pool = openPool({ stock: 1 });
    pool.keepIn({ save }, [
      { pair: pair('of somebody else'), release: () => Promise.reject(new Error('gone')) },
      {
        pair: pair('from before'),
        release: () => {
          events.push('release from before');
          return Promise.resolve();
        },
      },
      {
        pair: { ...pair('of another size'), bits: 4096 },
        release: () => {
          events.push('release of another size');
          return Promise.resolve();
        },
      },
    ]);
    expect(pool.ready).toBe(2);
    expect((await pool.take(2048)).privateKeyPem).toBe('from before');
    await until(() => pool.ready === 1);
    expect((await pool.take(2048)).privateKeyPem).toMatch(/BEGIN RSA/);
    expect(events).toEqual(['release of another size', 'release from before', 'release new 1']);
  });

  test('gives the next pairs up before they are asked for, and stores them again when it is closed', async () => {
    const events: string[] = [];
    const stored = (name: string) => ({
      pair: { bits: 2048, publicKeyDer: new Uint8Array(), privateKeyPem: name } as const,
      release: () => {
        events.push(`release ${name}`);
        return Promise.resolve();
      },
    });
    const save = ({ privateKeyPem }: { readonly privateKeyPem: string }) => {
      events.push(`save ${privateKeyPem}`);
      return Promise.resolve(() => Promise.resolve());
    };
    const pool = openPool({ stock: 1 });
    pool.keepIn({ save }, ['1', '2', '3', '4', '5', '6', '7'].map(stored));
    expect(events).toEqual([]);
    expect((await pool.take(2048)).privateKeyPem).toBe('1');
    expect(events).toEqual(['release 1', 'release 2', 'release 3', 'release 4', 'release 5']);
    expect((await pool.take(2048)).privateKeyPem).toBe('2');
    expect(events.slice(5)).toEqual(['release 6']);
    await pool.close();
    expect(events.slice(6)).toEqual(['save 3', 'save 4', 'save 5', 'save 6']);
  });

  test('closes once the store has what was dropped meanwhile', async () => {
    const events: string[] = [];
    const stored = new AbortController();
    const save = async () => {
      events.push('save');
      await once(stored.signal, 'abort');
      return () => {
        events.push('release');
        return Promise.resolve();
      };
    };
    const pool = openPool({ stock: 1 });
    pool.prefer(2048);
    pool.keepIn({ save }, []);
    await until(() => events.includes('save'));
    pool.resize(3072);
    const closed = pool.close().then(() => events.push('closed'));
    stored.abort();
    await closed;
    expect(events).toEqual(['save', 'release', 'closed']);
  });
});
