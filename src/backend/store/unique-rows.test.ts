import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import BetterSqlite from 'better-sqlite3';
import { Kysely, Migrator, sql } from 'kysely';
import type { Database } from './database.ts';
import { migrationsOf } from './migrations.ts';
import { findOrCreateId } from './named-rows.ts';
import { openDatabase } from './open.ts';
import type { Schema } from './schema.ts';
import { TABLES } from './sqlite/0001-tables.ts';
import { sqliteDialect } from './sqlite/dialect.ts';
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

/** Writes a database as it was before its rows were unique, with two users of one e-mail address. */
const writeOlderDatabase = async (file: string): Promise<readonly number[]> => {
  const connection = new BetterSqlite(file);
  const older = new Kysely<Schema>({ dialect: sqliteDialect(connection) });
  const migrator = new Migrator({ db: older, provider: migrationsOf(TABLES) });
  const { error } = await migrator.migrateTo('0006-earlier-states');
  expect(error).toBeUndefined();
  const insert = connection.prepare(
    `insert into user (name, email, password_hash, approval_state, created_at) values ('', ?, '', 100, '${at}')`,
  );
  const ids = ['lead@example.org', 'Lead@example.org', 'other@example.org'].map((email) =>
    Number(insert.run(email).lastInsertRowid),
  );
  await older.destroy();
  return ids;
};

test('keeps and names duplicates of an older database, and rejects further ones', async () => {
  const file = join(folder, 'older.sqlite');
  const [first, second = 0] = await writeOlderDatabase(file);
  await db.close();
  db = await openDatabase({ engine: 'sqlite', file });
  expect(await remainingDuplicates(db.reader)).toEqual([
    { kind: 'user', name: 'Lead@example.org', ids: [first, second] },
  ]);
  await expect(addUser('LEAD@example.org')).rejects.toMatchObject(UNIQUE);
  await expect(addUser('OTHER@example.org')).rejects.toMatchObject(UNIQUE);
  await db.write((trx) => trx.deleteFrom('user').where('id', '=', second).execute());
  expect(await remainingDuplicates(db.reader)).toEqual([]);
});
