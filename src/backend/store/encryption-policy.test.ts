import BetterSqlite from 'better-sqlite3';
import { Kysely, Migrator } from 'kysely';
import { expect, test } from '@jest/globals';
import { migrationsOf } from './migrations.ts';
import type { Schema } from './schema.ts';
import { TABLES } from './sqlite/0001-tables.ts';
import { sqliteDialect } from './sqlite/dialect.ts';

test.each([
  ['zipcrypto', 'any'],
  ['aes256', 'aes256'],
])('an existing project with %s keeps what it chose, and becomes %s', async (before, after) => {
  const db = new Kysely<Schema>({ dialect: sqliteDialect(new BetterSqlite(':memory:')) });
  const migrator = new Migrator({ db, provider: migrationsOf(TABLES) });
  await migrator.migrateTo('0010-certificate-states');
  await db.updateTable('project').set({ zip_encryption: before }).execute();
  const { error } = await migrator.migrateToLatest();
  expect(error).toBeUndefined();
  const row = await db.selectFrom('project').select('zip_encryption').executeTakeFirst();
  expect(row).toEqual({ zip_encryption: after });
  await db.destroy();
});
