import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { findOrCreateId } from './named-rows.ts';
import { openDatabase } from './open.ts';
import { remainingDuplicates } from './unique-rows.ts';
import { insertUser } from './users.ts';

const at = '2026-11-23 20:34:11.000000';

let folder: string;
let db: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unique-'));
  db = await openDatabase({ engine: 'sqlite', file: join(folder, 'db.sqlite') });
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

const addUser = (email: string): Promise<number> =>
  db.write(async (trx) =>
    insertUser(trx, {
      name: email,
      description: '',
      email,
      password_hash: '',
      role_id: await findOrCreateId(trx, 'role', 'lead', at),
      organization_id: await findOrCreateId(trx, 'organization', 'org', at),
      created_at: at,
      updated_at: at,
    }),
  );

const UNIQUE = { code: 'SQLITE_CONSTRAINT_UNIQUE' };

test('rejects a second row of one e-mail address, site, organization, role and project', async () => {
  await addUser('lead@example.org');
  await expect(addUser('Lead@Example.org')).rejects.toMatchObject(UNIQUE);
  const add = (statement: string) => sql.raw(statement).execute(db.reader);
  await add("insert into client (name) values ('site-1')");
  await expect(add("insert into client (name) values ('SITE-1')")).rejects.toMatchObject(UNIQUE);
  await expect(add("insert into organization (name) values ('org')")).rejects.toMatchObject(UNIQUE);
  await expect(add("insert into role (name) values ('lead')")).rejects.toMatchObject(UNIQUE);
  await expect(add('insert into project (id) values (2)')).rejects.toMatchObject(UNIQUE);
});

/** Of the certificates' table since. */
const LATER_COLUMNS = [
  'holder',
  'organization',
  'role',
  'public_key_sha256',
  'superseded_by',
  'revoked_at',
  'revocation_reason',
  'holder_id',
  'key_origin',
];

/** Takes the database back to before its rows were unique. */
const undoMigration = async (): Promise<void> => {
  for (const table of ['user', 'client', 'organization', 'role', 'project']) {
    await sql`drop index ${sql.id(`${table}_unique`)}`.execute(db.reader);
  }
  for (const table of ['tolerated_duplicate', 'access_token', 'invitation', 'crl']) {
    await sql`drop table ${sql.id(table)}`.execute(db.reader);
  }
  for (const index of ['certificate_holder', 'certificate_public_key']) {
    await sql`drop index ${sql.id(index)}`.execute(db.reader);
  }
  for (const column of LATER_COLUMNS) {
    await sql`alter table certificate drop column ${sql.id(column)}`.execute(db.reader);
  }
  await sql`delete from kysely_migration where name >= '0007-unique-rows'`.execute(db.reader);
};

test('keeps and names duplicates of an older database, and rejects further ones', async () => {
  await undoMigration();
  const first = await addUser('lead@example.org');
  const second = await addUser('Lead@example.org');
  await addUser('other@example.org');
  await db.close();
  db = await openDatabase({ engine: 'sqlite', file: join(folder, 'db.sqlite') });
  expect(await remainingDuplicates(db.reader)).toEqual([
    { kind: 'user', name: 'Lead@example.org', ids: [first, second] },
  ]);
  await expect(addUser('LEAD@example.org')).rejects.toMatchObject(UNIQUE);
  await expect(addUser('OTHER@example.org')).rejects.toMatchObject(UNIQUE);
  await db.write((trx) => trx.deleteFrom('user').where('id', '=', second).execute());
  expect(await remainingDuplicates(db.reader)).toEqual([]);
});
