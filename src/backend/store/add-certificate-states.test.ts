import BetterSqlite from 'better-sqlite3';
import { Kysely, Migrator } from 'kysely';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { listCertificates } from './certificates.ts';
import { migrationsOf } from './migrations.ts';
import type { Schema } from './schema.ts';
import { TABLES } from './sqlite/0001-tables.ts';
import { sqliteDialect } from './sqlite/dialect.ts';

const AT = '2026-11-23 20:34:11.000000';
let connection: BetterSqlite.Database;
let db: Kysely<Schema>;
let migrator: Migrator;

beforeEach(async () => {
  connection = new BetterSqlite(':memory:');
  db = new Kysely<Schema>({ dialect: sqliteDialect(connection) });
  migrator = new Migrator({ db, provider: migrationsOf(TABLES) });
  const { error } = await migrator.migrateTo('0004-issued-names');
  expect(error).toBeUndefined();
});
afterEach(() => db.destroy());

/** As the dashboard entered it before certificates had a state. */
const issued = (serial: string, kind: string, name: string, holder: string): void => {
  connection
    .prepare(
      `insert into certificate (kind, common_name, serial, not_before, not_after, requested_by, created_at)
       values (?, ?, ?, ?, '2027-11-23 20:34:11.000000', 'a@b.org', ?)`,
    )
    .run(kind, name, serial, AT, AT);
  connection
    .prepare(
      `insert into issued_name (name, holder, organization, kind, serial) values (?, ?, 'hospital', ?, ?)`,
    )
    .run(name, holder, kind, serial);
};

test('an existing ledger learns holders, states and what superseded what', async () => {
  connection.exec(`insert into organization (name) values ('hospital');
    insert into client (name, organization_id, approval_state, created_at) values ('site-1', 1, 100, '${AT}')`);
  issued('01', 'client', 'site-1', `client:1@${AT}`);
  issued('02', 'server', 'fl.example.org', 'server');
  issued('03', 'client', 'site-1', `client:1@${AT}`);
  issued('04', 'server', 'fl2.example.org', 'server');
  issued('05', 'client', 'gone', '');
  const { error } = await migrator.migrateToLatest();
  expect(error).toBeUndefined();
  const rows = await listCertificates(db, {
    q: '',
    state: undefined,
    now: AT,
    offset: 0,
    limit: undefined,
    sort: 'id',
    descending: false,
  });
  const found = rows.map(({ serial, state, superseded_by: next, holder_id: id, holder_organization: of }) => [
    serial,
    state,
    next,
    id,
    of,
  ]);
  expect(found).toEqual([
    ['01', 'superseded', '03', 1, 'hospital'],
    ['02', 'in_force', '', 0, null],
    ['03', 'in_force', '', 1, 'hospital'],
    ['04', 'in_force', '', 0, null],
    ['05', 'holder_deleted', '', 0, null],
  ]);
});
