import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import BetterSqlite from 'better-sqlite3';
import { openSqlite } from './open.ts';
import { findDamage } from './snapshot.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
  file = join(folder, 'db.sqlite');
  await (await openSqlite(file)).close();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const execute = (sql: string): void => {
  const connection = new BetterSqlite(file);
  connection.exec(sql);
  connection.close();
};

test('accepts a database of a dashboard', async () => {
  expect(await findDamage(file)).toBeUndefined();
});

test('rejects a database that runs statements of its own', async () => {
  execute('create trigger promote after insert on session begin update user set role_id = 1; end');
  expect(await findDamage(file)).toBe('it contains the trigger "promote", which no dashboard creates');
  execute('drop trigger promote; create view everybody as select * from user');
  expect(await findDamage(file)).toBe('it contains the view "everybody", which no dashboard creates');
});

test('rejects a database with a table that no dashboard creates', async () => {
  execute('create table "user copy" as select * from user');
  expect(await findDamage(file)).toBe('it contains the table "user copy", which no dashboard creates');
  execute('drop table "user copy"; create virtual table texts using fts5(word)');
  expect(await findDamage(file)).toContain('it contains the table "texts');
});
