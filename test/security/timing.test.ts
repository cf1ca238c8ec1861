import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PASSWORD, startBackend, type Backend, type Reply } from '../api/backend.ts';

const PAIRS = Number(process.env['LOGIN_PAIRS'] ?? 30);
/** Fewer than lock an account. */
const TRIES = 4;
const MINUTE = 60_000;

let backend: Backend;
const known: string[] = [];

beforeAll(
  async () => {
    backend = await startBackend();
    for (let number = 0; number * TRIES < PAIRS; number += 1) {
      const email = `known-${number}@example.org`;
      await backend.user(email, 'member', 'clinic', 100);
      // Where it has logged in, an account has tries of its own: the address alone would not get as many.
      await backend.stranger('POST', '/login', { email, password: PASSWORD });
      known.push(email);
    }
  },
  MINUTE + PAIRS * 1000,
);
afterAll(() => backend.close());

const guess = async (email: string): Promise<Reply & { readonly ms: number }> => {
  const began = performance.now();
  const response = await backend.stranger('POST', '/login', { email, password: 'wrong-guess-1' });
  return { ...response, ms: performance.now() - began };
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

describe('a log-in that fails', () => {
  it(
    'tells neither by its text nor by its time whether the e-mail is known',
    async () => {
      const times: { readonly known: number[]; readonly unknown: number[] } = { known: [], unknown: [] };
      const texts = new Set<string>();
      for (let pair = 0; pair < PAIRS; pair += 1) {
        const [right, wrong] = [
          await guess(known[Math.floor(pair / TRIES)] ?? ''),
          await guess(`unknown-${Math.floor(pair / TRIES)}@example.org`),
        ];
        times.known.push(right.ms);
        times.unknown.push(wrong.ms);
        for (const { status, json } of [right, wrong]) {
          texts.add(JSON.stringify([status, { ...json, request_id: '' }]));
        }
      }
      expect(texts.size).toBe(1);
      const [ofKnown, ofUnknown] = [median(times.known), median(times.unknown)];
      process.stdout.write(
        `log-in: medians over ${PAIRS} each ${ofKnown.toFixed(1)} ms known, ${ofUnknown.toFixed(1)} ms unknown\n`,
      );
      // Without the hash it would be a twentieth; closer bounds are for a quiet machine.
      expect(ofUnknown / ofKnown).toBeGreaterThan(0.5);
      expect(ofUnknown / ofKnown).toBeLessThan(2);
    },
    MINUTE + PAIRS * 4000,
  );

  it(
    'is one of at most five that are looked at, however many come at once',
    async () => {
      await backend.user('target@example.org', 'member', 'clinic', 100);
      const responses = await Promise.all(Array.from({ length: 100 }, () => guess('target@example.org')));
      const looked = responses.filter(({ status }) => status === 401);
      const refused = responses.filter(({ status }) => status === 429);
      expect(looked.length).toBeLessThanOrEqual(5);
      expect(looked.length + refused.length).toBe(100);
      for (const { headers } of refused) {
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      }
      process.stdout.write(`brute force: ${looked.length} of 100 guesses at once were looked at\n`);
    },
    MINUTE,
  );
});
