import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { openDatabase } from '../../src/backend/store/open.ts';
import { startBackend, type Backend } from '../api/backend.ts';

const ROWS = 12_000;
const STEP = 500;
const Users = z.object({ user_list: z.array(z.object({ id: z.number() })), total: z.number() });
const Inbox = z.object({ users: z.array(z.object({ id: z.number() })), total_users: z.number() });

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
  const db = await openDatabase(backend.database);
  await db.write(async (trx) => {
    const { id, ...one } = await trx.selectFrom('user').selectAll().executeTakeFirstOrThrow();
    const rows = Array.from({ length: ROWS }, (_, index) => ({
      ...one,
      email: `${id + index}@example.org`,
      approval_state: 0,
    }));
    for (let start = 0; start < ROWS; start += STEP) {
      await trx
        .insertInto('user')
        .values(rows.slice(start, start + STEP))
        .execute();
    }
  });
  await db.close();
}, 180_000);
afterAll(() => backend.close());

it('sends a whole list in chunks, up to 10,000 rows, with the number of all', async () => {
  const { user_list: users, total } = Users.parse((await backend.admin('GET', '/users')).json);
  expect(total).toBe(ROWS + 1);
  expect(users).toHaveLength(10_000);
  expect(new Set(users.map(({ id }) => id)).size).toBe(10_000);
});

it('goes on behind an offset', async () => {
  const { user_list: users } = Users.parse((await backend.admin('GET', '/users?offset=10000')).json);
  expect(users).toHaveLength(ROWS + 1 - 10_000);
});

it('shows a page of the inbox with the number of all', async () => {
  const whole = Inbox.parse((await backend.admin('GET', '/inbox')).json);
  expect([whole.users.length, whole.total_users]).toEqual([1000, ROWS]);
  const page = Inbox.parse((await backend.admin('GET', '/inbox?limit=100&offset=11950')).json);
  expect(page.users).toHaveLength(50);
});
