import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openDatabase } from '../../src/backend/store/open.ts';
import { startBackend, type Backend, type Reply } from '../api/backend.ts';

const PASSWORD = 'quiet-Harbour-1234';
const FREEZE = { short_name: 'demo', server1: 'server.example.org', key_bits: 2048, frozen: true };

let backend: Backend;
beforeEach(async () => {
  backend = await startBackend();
  await backend.admin('PATCH', '/project', { public: true });
}, 180_000);
afterEach(() => backend.close(), 180_000);

const signUp = (name: string, more: object = {}): Promise<Reply> =>
  backend.stranger('POST', '/users', { email: `${name}@example.org`, password: PASSWORD, ...more });

const sites = (count: number, name = 'site'): object => ({
  role: 'org_admin',
  organization: 'clinic',
  sites: Array.from({ length: count }, (_, index) => ({ name: `${name}-${index}` })),
});

it('takes 60 sign-ups of one address and tells when the next one may come', async () => {
  const statuses: number[] = [];
  // An e-mail that is taken costs a password hash as well, so it counts.
  for (let count = 0; count < 60; count += 1) {
    statuses.push((await signUp('one')).status);
  }
  expect(new Set(statuses)).toEqual(new Set([201, 409]));
  const refused = await signUp('two');
  expect(refused).toMatchObject({ status: 429, json: { code: 'too_many_requests' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  const ofAdmin = { email: 'three@example.org', password: PASSWORD };
  expect((await backend.admin('POST', '/users', ofAdmin)).status).toBe(201);
}, 180_000);

it('takes 20 sites and 512 bytes of text in one sign-up, no more', async () => {
  expect((await signUp('many', sites(21))).status).toBe(400);
  expect((await signUp('long', { description: 'ü'.repeat(257) })).status).toBe(400);
  expect((await signUp('fits', { ...sites(20), description: 'ü'.repeat(256) })).status).toBe(201);
});

it('takes no more than 1,000 waiting users and sites', async () => {
  const db = await openDatabase(backend.database);
  await db.write(async (trx) => {
    const at = '2026-01-01 00:00:00.000000';
    const named = { description: '', created_at: at, updated_at: at };
    const one = await trx.selectFrom('user').selectAll().executeTakeFirstOrThrow();
    const row = { ...named, organization_id: one.organization_id, role_id: one.role_id };
    const users = Array.from({ length: 999 }, (_, index) => ({
      ...row,
      name: `${index}`,
      email: `${index}@example.org`,
      password_hash: one.password_hash,
      approval_state: 0,
    }));
    for (let start = 0; start < users.length; start += 100) {
      await trx
        .insertInto('user')
        .values(users.slice(start, start + 100))
        .execute();
    }
  });
  await db.close();
  expect((await signUp('two', sites(1))).status).toBe(429);
  expect((await signUp('last')).status).toBe(201);
  expect((await signUp('late')).status).toBe(429);
});

it('takes 20 sites of an org admin who waits for approval', async () => {
  const pending = await backend.user('pending@example.org', 'org_admin', 'clinic', 0);
  const statuses: number[] = [];
  for (let index = 0; index < 21; index += 1) {
    statuses.push((await pending('POST', '/clients', { name: `p-${index}` })).status);
  }
  expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 201));
  expect(statuses[20]).toBe(429);
});

it('can be closed and opened in a frozen project', async () => {
  await backend.admin('PATCH', '/project', FREEZE);
  const closed = await backend.admin('PATCH', '/project', { public: false });
  expect(closed).toMatchObject({ status: 200, json: { project: { public: false, frozen: true } } });
  expect((await signUp('stranger')).status).toBe(403);
  expect((await backend.admin('PATCH', '/project', { public: true })).status).toBe(200);
  expect((await signUp('stranger')).status).toBe(201);
  const other = await backend.admin('PATCH', '/project', { public: true, server1: 'other.example.org' });
  expect(other).toMatchObject({ status: 409, json: { code: 'project_frozen' } });
});
