import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Database } from '../store/database.ts';
import { findOrCreateId } from '../store/named-rows.ts';
import { openDatabase } from '../store/open.ts';
import { toTimestamp } from '../store/timestamp.ts';
import { keyAudit } from './audit-key.ts';
import { makeFirstAdmin, planFirstAdmin } from './first-admin.ts';

const CREDENTIAL = 'admin@example.org:seven harbours 4 a lantern:Lab_1';
const NOW = new Date(0);

let folder = '';
let db: Database;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'first-admin-'));
  db = await openDatabase({ engine: 'sqlite', file: path.join(folder, 'db.sqlite') });
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

const plan = (isListed = () => Promise.resolve(false)) => planFirstAdmin(db, CREDENTIAL, { isListed });

const make = async (): Promise<void> => {
  const planned = await plan();
  if (planned === undefined) {
    throw new Error('there is an admin already');
  }
  await makeFirstAdmin(db, await keyAudit(db, { webRoot: folder, secretKey: undefined }, NOW), planned, NOW);
};

it('plans the admin of the credential for an empty project, and nobody once there is one', async () => {
  expect(await plan()).toMatchObject({ email: 'admin@example.org', organization: 'Lab_1' });
  await make();
  expect(await plan()).toBeUndefined();
});

it('plans nobody when another replica makes the same admin while the password is checked', async () => {
  let made: Promise<void> | undefined;
  const listed = async () => {
    made ??= make();
    await made;
    return false;
  };
  expect(await plan(listed)).toBeUndefined();
});

it('rejects the credential of a user who is no admin', async () => {
  await make();
  await db.write(async (trx) => {
    const role_id = await findOrCreateId(trx, 'role', 'member', toTimestamp(NOW));
    await trx.updateTable('user').set({ role_id }).execute();
  });
  await expect(plan()).rejects.toThrow('names a user who is no admin');
});
