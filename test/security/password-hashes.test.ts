import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '../../src/backend/store/database.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { updateUser, userById } from '../../src/backend/store/users.ts';
import { startBackend, type Backend } from '../api/backend.ts';

const PASSWORD = 'blue-tractor-91';
const TODAY = /^scrypt:32768:8:3\$/;
const ITERATIONS = 1_000_000;
const OUTDATED = {
  pbkdf2: `pbkdf2:sha256:${ITERATIONS}$salt$${pbkdf2Sync(PASSWORD, 'salt', ITERATIONS, 32, 'sha256').toString('hex')}`,
  scrypt: `scrypt:32768:8:1$salt$${scryptSync(PASSWORD, 'salt', 64, { N: 32768, r: 8, p: 1, maxmem: 2 ** 26 }).toString('hex')}`,
} as const;

let backend: Backend;
let db: Database;
let count = 0;

beforeAll(async () => {
  backend = await startBackend();
  db = await openDatabase(backend.database);
}, 180_000);
afterAll(async () => {
  await db.close();
  await backend.close();
}, 180_000);

const account = async (hash?: string): Promise<{ readonly id: number; readonly email: string }> => {
  count += 1;
  const email = `account-${count}@example.org`;
  const { id } = await backend.user(email, 'member', 'clinic', 100);
  if (hash !== undefined) {
    await db.write((trx) => updateUser(trx, id, { password_hash: hash }));
  }
  return { id, email };
};
const hashOf = async (id: number) => (await userById(db.reader, id))?.password_hash;
const logIn = (email: string, password: string) => backend.stranger('POST', '/login', { email, password });

// First: kinds of hashes are looked for once a minute, and these accounts bring new ones.
it('takes the same time to refuse a log-in for every kind of hash and for unknown accounts', async () => {
  const times = new Map<string, number[]>();
  for (let round = 0; round < 3; round += 1) {
    const emails = {
      today: (await account()).email,
      pbkdf2: (await account(OUTDATED.pbkdf2)).email,
      scrypt: (await account(OUTDATED.scrypt)).email,
      malformed: (await account('')).email,
      unknown: `nobody-${round}@example.org`,
    };
    for (let guess = 0; guess < 3; guess += 1) {
      for (const [kind, email] of Object.entries(emails)) {
        const began = performance.now();
        expect((await logIn(email, 'wrong-guess-1')).status).toBe(401);
        times.set(kind, [...(times.get(kind) ?? []), performance.now() - began]);
      }
    }
  }
  // What else runs makes some slower, and none faster.
  const least = [...times].map(([kind, values]) => ({ kind, ms: Math.round(Math.min(...values)) }));
  process.stdout.write(`refused log-ins: ${JSON.stringify(least)}\n`);
  const all = least.map(({ ms }) => ms);
  expect(Math.max(...all) / Math.min(...all)).toBeLessThan(1.4);
}, 120_000);

describe('a stored hash', () => {
  it('of a new password costs three times what werkzeug’s default does', async () => {
    const { id, email } = await account();
    const user = backend.as(String((await logIn(email, 'correct-horse-battery')).json['access_token']));
    expect((await user('PATCH', `/users/${id}`, { password: PASSWORD })).status).toBe(200);
    expect(await hashOf(id)).toMatch(TODAY);
  });

  it.each(['pbkdf2', 'scrypt'] as const)(
    'of an older kind, %s, is renewed by parallel log-ins that all succeed',
    async (kind) => {
      const { id, email } = await account(OUTDATED[kind]);
      const began = performance.now();
      const responses = await Promise.all(Array.from({ length: 8 }, () => logIn(email, PASSWORD)));
      process.stdout.write(
        `8 parallel log-ins, ${kind} renewed: ${Math.round(performance.now() - began)} ms\n`,
      );
      expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
      expect(await hashOf(id)).toMatch(TODAY);
      const again = performance.now();
      await Promise.all(Array.from({ length: 8 }, () => logIn(email, PASSWORD)));
      process.stdout.write(`8 parallel log-ins: ${Math.round(performance.now() - again)} ms\n`);
    },
    60_000,
  );

  it('lets nobody in whose password was replaced while the log-in was under way', async () => {
    const { id, email } = await account(OUTDATED.pbkdf2);
    const pending = logIn(email, PASSWORD);
    expect((await backend.admin('PATCH', `/users/${id}`, { password: 'green-wagon-44' })).status).toBe(200);
    await pending;
    expect((await logIn(email, PASSWORD)).status).toBe(401);
    expect((await logIn(email, 'green-wagon-44')).status).toBe(200);
  });
});

it.each([
  ['composed and decomposed', 'pa\u00e4-zebra-47', 'paa\u0308-zebra-47'],
  ['full-width and plain', '\uff5a\uff45\uff42\uff52\uff41-lamp-47', 'zebra-lamp-47'],
])('accepts %s forms of one password', async (_what, chosen, typed) => {
  const { id, email } = await account();
  const user = backend.as(String((await logIn(email, 'correct-horse-battery')).json['access_token']));
  expect((await user('PATCH', `/users/${id}`, { password: chosen })).status).toBe(200);
  expect((await logIn(email, typed)).status).toBe(200);
  expect((await logIn(email, chosen)).status).toBe(200);
});

it('still accepts a password that was stored in another form', async () => {
  const chosen = 'paa\u0308-zebra-47';
  const hash = `pbkdf2:sha256:1000$salt$${pbkdf2Sync(chosen, 'salt', 1000, 32, 'sha256').toString('hex')}`;
  const { email } = await account(hash);
  expect((await logIn(email, chosen)).status).toBe(200);
  expect((await logIn(email, chosen.normalize('NFKC'))).status).toBe(200);
});
