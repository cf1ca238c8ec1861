import { pbkdf2Sync } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Database } from '../../src/backend/store/database.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { updateUser, userById } from '../../src/backend/store/users.ts';
import { startBackend, type Backend } from './backend.ts';

const EMAIL = 'earlier@example.org';
const PASSWORD = 'blue-tractor-91';
const OLD = `pbkdf2:sha256:1000$salt$${pbkdf2Sync(PASSWORD, 'salt', 1000, 32, 'sha256').toString('hex')}`;

let backend: Backend;
let db: Database;
beforeAll(async () => {
  backend = await startBackend();
  db = await openDatabase(backend.database);
}, 60_000);
afterAll(async () => {
  await db.close();
  await backend.close();
});

it('logs in with a hash of an earlier kind, and stores one of today only for the right password', async () => {
  const { id } = await backend.user(EMAIL, 'lead', 'acme', 100);
  await db.write((trx) => updateUser(trx, id, { password_hash: OLD }));
  const stored = async () => (await userById(db.reader, id))?.password_hash;
  const logIn = async (password: string) =>
    (await backend.stranger('POST', '/login', { email: EMAIL, password })).status;
  expect([await logIn('wrong-guess-1'), await stored()]).toEqual([401, OLD]);
  expect([await logIn(PASSWORD), await stored()]).toEqual([
    200,
    expect.stringMatching(/^scrypt:32768:8:3\$/),
  ]);
  expect(await logIn(PASSWORD)).toBe(200);
});
