import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../contract/errors.ts';
import { LoginThrottle, type Guess } from './login-throttle.ts';

const START = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;

const limiter = () => {
  let time = START;
  const throttle = new LoginThrottle(() => new Date(time));
  const attempt = async (guess: Partial<Guess>, right: boolean): Promise<string> => {
    try {
      const whole = { kind: 'login', account: 'a@example.org', address: '192.0.2.1', ...guess } as const;
      const result = await throttle.limit(whole, () => Promise.resolve(right ? 'in' : undefined));
      return result ?? 'wrong';
    } catch (error) {
      return error instanceof ApiError ? error.code : String(error);
    }
  };
  const wrong = async (count: number, guess: (index: number) => Partial<Guess>): Promise<number> => {
    let checked = 0;
    for (let index = 0; index < count; index += 1) {
      if ((await attempt(guess(index), false)) === 'wrong') {
        checked += 1;
      }
    }
    return checked;
  };
  return {
    throttle,
    attempt,
    wrong,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
  };
};

describe('the limits on guesses', () => {
  it('check five wrong guesses of one address, and more after 15 minutes', async () => {
    const { attempt, wrong, pass } = limiter();
    expect(await wrong(9, () => ({}))).toBe(5);
    expect(await attempt({}, true)).toBe('too_many_requests');
    pass(15 * MINUTE_MS);
    expect(await attempt({}, true)).toBe('in');
  });

  it('count all addresses of an IPv6 /64 as one', async () => {
    const { wrong } = limiter();
    expect(await wrong(36, (index) => ({ address: `2001:db8::${index + 1}:1` }))).toBe(5);
  });

  it('slow down guesses from all over an IPv6 /48', async () => {
    const { wrong } = limiter();
    expect(await wrong(1000, (index) => ({ address: `2001:db8:1:${index.toString(16)}::1` }))).toBe(20);
  });

  it('slow down guesses for one account from many networks without locking known addresses out', async () => {
    const { attempt, wrong, pass } = limiter();
    expect(await attempt({}, true)).toBe('in');
    const from = (index: number) => ({ address: `198.${index % 256}.${index >> 8}.1` });
    expect(await wrong(1000, from)).toBe(50);
    expect(await attempt({ address: '203.0.113.1' }, true)).toBe('too_many_requests');
    expect(await attempt({}, true)).toBe('in');
    expect(await attempt({ address: '203.0.113.1', browser: 'known' }, true)).toBe('in');
    pass(MINUTE_MS);
    expect(await attempt({ address: '203.0.113.1' }, true)).toBe('in');
  });

  it('slow down one address that tries many accounts, not the accounts known there', async () => {
    const { attempt, wrong } = limiter();
    expect(await attempt({}, true)).toBe('in');
    expect(await wrong(1000, (index) => ({ account: `u${index}@example.org` }))).toBe(50);
    expect(await attempt({ account: 'other@example.org' }, true)).toBe('too_many_requests');
    expect(await attempt({}, true)).toBe('in');
  });

  it('keep a known browser apart from strangers at the same address', async () => {
    const { attempt, wrong } = limiter();
    await wrong(9, () => ({}));
    expect(await attempt({}, true)).toBe('too_many_requests');
    expect(await attempt({ browser: 'known' }, true)).toBe('in');
  });

  it('keep log-ins, unsealing and passphrases apart', async () => {
    const { attempt, wrong } = limiter();
    await wrong(9, () => ({ kind: 'login' }));
    await wrong(9, () => ({ kind: 'unseal' }));
    expect(await attempt({ kind: 'passphrase' }, true)).toBe('in');
  });

  it('let 200 parallel attempts with the right secret wait for each other', async () => {
    const { attempt } = limiter();
    const results = await Promise.all(Array.from({ length: 200 }, () => attempt({}, true)));
    expect(new Set(results)).toEqual(new Set(['in']));
  });

  it('check no more than five of 200 parallel wrong guesses', async () => {
    const { attempt } = limiter();
    const results = await Promise.all(Array.from({ length: 200 }, () => attempt({}, false)));
    expect(results.filter((result) => result === 'wrong')).toHaveLength(5);
    expect(results.filter((result) => result === 'too_many_requests')).toHaveLength(195);
  });

  it('forget an attempt that was never checked', async () => {
    const { throttle, attempt, wrong } = limiter();
    const guess = { kind: 'login', account: 'a@example.org', address: '192.0.2.1' } as const;
    for (let index = 0; index < 20; index += 1) {
      await expect(throttle.limit(guess, () => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
    }
    expect(await wrong(4, () => ({}))).toBe(4);
    expect(await attempt({}, true)).toBe('in');
  });

  it('keep an address locked while 60,000 others fail', async () => {
    const { attempt, wrong } = limiter();
    await wrong(5, () => ({}));
    const flood = (index: number) => ({
      account: `f${index}@example.org`,
      address: `10.${index >> 16}.${(index >> 8) & 0xff}.${index & 0xff}`,
    });
    await wrong(60_000, flood);
    expect(await attempt({}, true)).toBe('too_many_requests');
  }, 30_000);
});
