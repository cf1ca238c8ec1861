import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import BetterSqlite from 'better-sqlite3';
import { Kysely, Migrator, sql } from 'kysely';
import type { Reader } from '../../src/backend/store/database.ts';
import { migrationsOf } from '../../src/backend/store/migrations.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { TABLES as POSTGRES_TABLES } from '../../src/backend/store/postgres/0001-tables.ts';
import { openPooled } from '../../src/backend/store/postgres/pool.ts';
import type { Schema } from '../../src/backend/store/schema.ts';
import { FIRST_COMPATIBLE, requiredMigration } from '../../src/backend/store/schema-compatibility.ts';
import { TABLES as SQLITE_TABLES } from '../../src/backend/store/sqlite/0001-tables.ts';
import { sqliteDialect } from '../../src/backend/store/sqlite/dialect.ts';
import { remainingDuplicates } from '../../src/backend/store/unique-rows.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';

const at = '2026-01-01 00:00:00.000000';
const LEVELS = Object.keys(await migrationsOf(SQLITE_TABLES).getMigrations());
/** The migration from which on no two users share an e-mail address. */
const UNIQUE = '0007-unique-rows';

let server: PostgresServer;
let folder: string;
beforeAll(async () => {
  server = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const ENGINES = {
  sqlite: {
    tables: SQLITE_TABLES,
    locate: (name: string) => Promise.resolve({ engine: 'sqlite' as const, file: join(folder, name) }),
  },
  postgres: {
    tables: POSTGRES_TABLES,
    locate: async () => ({ engine: 'postgres' as const, url: await server.createDatabase() }),
  },
} as const;
type Engine = keyof typeof ENGINES;
type Location = Awaited<ReturnType<(typeof ENGINES)[Engine]['locate']>>;

const openBare = (location: Location): Kysely<Schema> =>
  location.engine === 'sqlite'
    ? new Kysely<Schema>({ dialect: sqliteDialect(new BetterSqlite(location.file)) })
    : openPooled({ url: location.url, max: 1, application: 'migrations' });

/** Every table with its columns as the engine describes them. */
const shapeOf = async (db: Reader): Promise<unknown> => {
  const tables = await db.introspection.getTables();
  return tables
    .map(({ name, columns }) => ({
      name,
      // A column added later stands further behind.
      columns: columns.map((column) => ({ ...column })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
};

type Columns = ReadonlyMap<string, { readonly type: string; readonly optional: boolean }>;

const columnsOf = async (db: Reader): Promise<Columns> =>
  new Map(
    (await db.introspection.getTables()).flatMap(({ name, columns }) =>
      columns.map((column): [string, { type: string; optional: boolean }] => [
        `${name}.${column.name}`,
        {
          type: column.dataType,
          optional: column.isNullable || column.hasDefaultValue || column.isAutoIncrementing,
        },
      ]),
    ),
  );

/** Changes that break a program which only knows the former columns. */
const harmOf = (before: Columns, after: Columns): readonly string[] => {
  const tables = new Set([...before.keys()].map((name) => name.split('.', 1)[0]));
  const lost = [...before]
    .filter(([name, { type }]) => after.get(name)?.type !== type)
    .map(([name]) => `removes or changes ${name}`);
  const demanded = [...after]
    .filter(
      ([name, { optional }]) => !before.has(name) && tables.has(name.split('.', 1)[0] ?? '') && !optional,
    )
    .map(([name]) => `requires ${name}`);
  return [...lost, ...demanded];
};

const rowsOf = async (db: Reader): Promise<unknown> => {
  const users =
    await sql`select id, name, email, approval_state, download_count, created_at from ${sql.id('user')} order by id`.execute(
      db,
    );
  const sites =
    await sql`select id, name, organization_id, creator_id, approval_state from client order by id`.execute(
      db,
    );
  const certificates =
    await sql`select id, kind, common_name, serial, not_after from certificate order by id`.execute(db);
  const audit = await sql`select * from audit order by id`.execute(db);
  const project = await sql`select id, frozen, short_name, key_bits from project`.execute(db);
  return [users.rows, sites.rows, certificates.rows, audit.rows, project.rows];
};

/** A project with people, a site, its certificate and its history, by the columns that every level has. */
const fill = async (db: Reader, twoAlike: boolean): Promise<void> => {
  const run = (text: string) => sql.raw(text).execute(db);
  await run(`insert into organization (name, created_at, updated_at) values ('hospital', '${at}', '${at}')`);
  await run(`insert into role (name, created_at, updated_at) values ('member', '${at}', '${at}')`);
  const emails = ['one@example.org', twoAlike ? 'ONE@example.org' : 'two@example.org'];
  for (const email of emails) {
    await run(`insert into "user" (name, email, role_id, organization_id, approval_state, created_at, updated_at)
      values ('Somebody', '${email}', 1, 1, 100, '${at}', '${at}')`);
  }
  await run(`insert into client (name, organization_id, creator_id, approval_state, created_at, updated_at)
    values ('site-1', 1, 1, 100, '${at}', '${at}')`);
  await run(`insert into certificate (kind, common_name, serial, not_before, not_after, requested_by, created_at)
    values ('client', 'site-1', '0a', '${at}', '2030-01-01 00:00:00.000000', 'one@example.org', '${at}')`);
  await run(`insert into audit (id, at, actor, action, target, hash)
    values (1, '2026-01-01T00:00:00.000Z', 'one@example.org', 'client.create', 'client:site-1', 'hash')`);
  await run(`update project set short_name = 'study'`);
};

test('tells what the version before stumbles over', () => {
  const column = { type: 'text', optional: false };
  const before = new Map([
    ['site.name', column],
    ['site.id', column],
  ]);
  const after = new Map([
    ['site.name', { type: 'integer', optional: false }],
    ['site.owner', column],
    ['site.note', { type: 'text', optional: true }],
    ['visit.id', column],
  ]);
  expect(harmOf(before, after)).toEqual([
    'removes or changes site.name',
    'removes or changes site.id',
    'requires site.owner',
  ]);
});

describe.each(['sqlite', 'postgres'] as const)('in %s, a database', (engine) => {
  const { tables, locate } = ENGINES[engine];
  let newest: unknown;
  beforeAll(async () => {
    const fresh = await openDatabase(await locate('fresh.sqlite'));
    newest = await shapeOf(fresh.reader);
    await fresh.close();
  });

  test.each(LEVELS)('filled at %s comes to the newest level with all of its rows', async (level) => {
    const twoAlike = level < UNIQUE;
    const location = await locate(`${level}.sqlite`);
    const older = openBare(location);
    const migrator = new Migrator({ db: older, provider: migrationsOf(tables) });
    expect((await migrator.migrateTo(level)).error).toBeUndefined();
    await fill(older, twoAlike);
    const before = await rowsOf(older);
    await older.destroy();
    const db = await openDatabase(location);
    const [shape, after, alike] = [
      await shapeOf(db.reader),
      await rowsOf(db.reader),
      await remainingDuplicates(db.reader),
    ];
    await db.close();
    expect(after).toEqual(before);
    expect(shape).toEqual(newest);
    expect(alike.map(({ ids }) => ids)).toEqual(twoAlike ? [[1, 2]] : []);
  });

  test('keeps serving the version before at each level that it does not exclude', async () => {
    const location = await locate('levels.sqlite');
    const db = openBare(location);
    const migrator = new Migrator({ db, provider: migrationsOf(tables) });
    const first = LEVELS.indexOf(FIRST_COMPATIBLE);
    await migrator.migrateTo(FIRST_COMPATIBLE);
    let before = await columnsOf(db);
    const harmful: string[] = [];
    for (const level of LEVELS.slice(first + 1)) {
      expect((await migrator.migrateTo(level)).error).toBeUndefined();
      const after = await columnsOf(db);
      if ((await requiredMigration(db)) !== level) {
        harmful.push(...harmOf(before, after).map((what) => `${level} ${what}`));
      }
      before = after;
    }
    await db.destroy();
    expect(first).toBeGreaterThan(0);
    expect(harmful).toEqual([]);
  });
});
