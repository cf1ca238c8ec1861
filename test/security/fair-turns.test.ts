import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ADMIN, PASSWORD, startBackend, type Backend } from '../api/backend.ts';

const CONNECTIONS = 60;
const KITS = 262;
const LOG_INS = 5;

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
  // Accounts that have logged in from an address come before the others there.
  await backend.stranger('POST', '/login', { email: ADMIN, password: PASSWORD });
  await backend.admin('PATCH', '/project', {
    short_name: 'demo',
    server1: 'server.example.org',
    key_bits: 2048,
    frozen: true,
  });
}, 180_000);
afterAll(() => backend.close(), 180_000);

it('lets an account log in while 60 connections of its address try invented names', async () => {
  let stopped = false;
  const isStopped = (): boolean => stopped;
  const flood = Array.from({ length: CONNECTIONS }, async (_, index) => {
    for (let round = 0; !isStopped(); round += 1) {
      await backend.stranger('POST', '/login', { email: `s${index}.${round}@example.org`, password: 'x' });
    }
  });
  const statuses: number[] = [];
  for (let count = 0; count < LOG_INS; count += 1) {
    statuses.push((await backend.stranger('POST', '/login', { email: ADMIN, password: PASSWORD })).status);
  }
  stopped = true;
  await Promise.all(flood);
  expect(statuses).toEqual(Array.from({ length: LOG_INS }, () => 200));
}, 180_000);

it(`gives an admin a kit while one member asks for ${KITS}`, async () => {
  const member = await backend.user('member@example.org', 'member', 'clinic', 100);
  const hangUp = new AbortController();
  let delivered = 0;
  const flood = Array.from({ length: KITS }, async () => {
    try {
      const kit = await member('POST', `/users/${member.id}/blob`, {}, hangUp.signal);
      if (kit.status === 200) {
        delivered += 1;
      }
    } catch (error) {
      if (!hangUp.signal.aborted) {
        throw error;
      }
    }
  });
  // What the pool keeps ready is gone by then.
  while (delivered < 40) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const before = delivered;
  const kit = await backend.admin('POST', '/servers/1/blob', {});
  const meanwhile = delivered - before;
  hangUp.abort();
  await Promise.all(flood);
  expect(kit.status).toBe(200);
  expect(meanwhile).toBeLessThan(10);
}, 120_000);
