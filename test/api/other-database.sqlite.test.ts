import { mkdtemp, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { startBackend, type Backend } from './backend.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'other-'));
  file = path.join(folder, 'db.sqlite');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (): Promise<Backend> => startBackend({ folder, database: { engine: 'sqlite', file } });

const inFile = (...statements: readonly string[]): void => {
  const database = new Database(file);
  for (const statement of statements) {
    database.exec(statement);
  }
  database.close();
};
const tables = (): unknown => {
  const database = new Database(file, { readonly: true });
  const names = database.prepare("select name from sqlite_master where type = 'table'").pluck().all();
  database.close();
  return names;
};
const titled = async (title: string): Promise<void> => {
  const backend = await start();
  expect((await backend.admin('PATCH', '/project', { title })).status).toBe(200);
  await backend.stop();
};
const titleNow = async (): Promise<unknown> => {
  const backend = await start();
  const { json } = await backend.admin('GET', '/project');
  await backend.stop();
  return json['project'];
};

describe('a start', () => {
  test.each([
    ['only its own tables', ['bookmarks'], ['create table bookmarks (url text)']],
    ['a table named like one of a dashboard', ['user'], ['create table user (id integer, login text)']],
    [
      'migrations of its own',
      ['kysely_migration', 'todo'],
      [
        'create table kysely_migration (name text, timestamp text)',
        "insert into kysely_migration values ('2024-todo', '2024')",
        'create table todo (id integer)',
      ],
    ],
  ])('leaves the database of another program with %s alone', async (_what, names, statements) => {
    inFile(...statements);
    await expect(start()).rejects.toMatchObject({
      code: 'databaseUnusable',
      message: `${file} holds tables of another program, and nothing was changed.`,
    });
    expect(tables()).toEqual(names);
  });

  test('works on a database that a later version has only added to', async () => {
    await titled('Kept');
    inFile(
      "insert into kysely_migration values ('9999-later', '2030-01-01')",
      "alter table project add column later_setting text not null default 'later'",
    );
    await titled('Changed by the earlier version');
    expect(await titleNow()).toMatchObject({ title: 'Changed by the earlier version' });
  });

  test.each([
    ['removed what this one uses', "update schema_compatibility set oldest = '9999-later'"],
    ['does not state what it changed', 'drop table schema_compatibility'],
    [
      'came before all migrations of this one were done',
      "delete from kysely_migration where name = '0002-indexes'",
    ],
  ])('refuses a database of a later version that %s', async (_what, statement) => {
    await titled('Kept');
    inFile("insert into kysely_migration values ('9999-later', '2030-01-01')", statement);
    await expect(start()).rejects.toMatchObject({ code: 'databaseUnusable' });
  });

  test('refuses the database of a later version until its migration is undone', async () => {
    await titled('Kept');
    inFile(
      "insert into kysely_migration values ('9999-later', '2030-01-01')",
      "update schema_compatibility set oldest = '9999-later'",
    );
    await expect(start()).rejects.toMatchObject({
      code: 'databaseUnusable',
      message: `${file} was used by a later version of the dashboard.`,
    });
    inFile("delete from kysely_migration where name = '9999-later'");
    expect(await titleNow()).toMatchObject({ title: 'Kept' });
  });

  test('begins no new project in an empty file that held one, until it is deleted', async () => {
    await titled('Lost');
    await truncate(file);
    await expect(start()).rejects.toMatchObject({
      code: 'databaseUnusable',
      message: `${file} is empty, but it held a project.`,
    });
    await rm(file);
    expect(await titleNow()).toMatchObject({ title: '' });
  });

  test('begins a project in an empty file of a new folder', async () => {
    await writeFile(file, '');
    expect(await titleNow()).toMatchObject({ title: '' });
  });

  test('begins no new project where a link points to what is not mounted', async () => {
    const target = path.join(folder, 'volume.sqlite');
    await symlink(target, file);
    await expect(start()).rejects.toMatchObject({
      code: 'databaseUnusable',
      message: `${file} is a link to ${target}, which does not exist.`,
    });
    expect(await readdir(folder)).not.toContain('volume.sqlite');
  });

  test('sets a log aside that SQLite did not write', async () => {
    await titled('Kept');
    await writeFile(`${file}-wal`, Buffer.alloc(40_000, 'x'));
    expect(await titleNow()).toMatchObject({ title: 'Kept' });
    expect(await readdir(folder)).toContain('db.sqlite-wal.orphaned');
  });
});
