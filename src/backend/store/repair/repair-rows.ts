import { sql } from 'kysely';
import { APPROVED } from '../../../contract/approval.ts';
import { isRole } from '../../../contract/roles.ts';
import type { Reader } from '../database.ts';
import { findOrCreateId } from '../named-rows.ts';
import { ownTables } from '../own-tables.ts';
import type { TableDefinitions } from '../table-definitions.ts';
import { toTimestamp } from '../timestamp.ts';
import { NAMES, oddRows, SHARED_TABLES, type SharedTable } from './odd-values.ts';
import { repairJson, repairTypes, RepairedRow } from './repaired-row.ts';
import { addRowRepairs, noteRepair } from './row-repairs.ts';
import { understoodValue } from './understood-value.ts';

/** Never the domain of a mail server (RFC 6761, 6.4). */
const NO_EMAIL = 'no-email.invalid';

const isTaken = async (
  db: Reader,
  table: SharedTable,
  column: string,
  row: RepairedRow,
): Promise<boolean> => {
  const value = String(row.value(column)).toLowerCase();
  const { rows } = await sql`select 1 from ${sql.id(table)}
    where lower(${sql.id(column)}) = ${value} and id <> ${row.id} limit 1`.execute(db);
  return rows.length > 0;
};

/** A name of its own for a row without one, and for one whose repaired name another row has. */
const repairName = async (db: Reader, table: SharedTable, row: RepairedRow): Promise<void> => {
  const column = NAMES[table] ?? 'name';
  const isNeeded = NAMES[table] !== undefined;
  const isBlank = isNeeded && String(row.value(column)).trim() === '';
  if (!isBlank && (row.change[column] === undefined || !(await isTaken(db, table, column, row)))) {
    return;
  }
  if (table === 'user') {
    row.set('password_hash', '', 'is now empty: nobody can log in without an e-mail address');
    row.set('email', `user-${row.id}@${NO_EMAIL}`);
    return;
  }
  row.set(column, `unnamed${table === 'client' ? '-' : '_'}${row.id}`);
  if (table === 'client') {
    row.withdrawApproval('it had no name of its own');
  }
};

/** IDs of the rows that were there before any repair: rows that repairs insert may take the ID of a deleted one. */
type Known = ReadonlyMap<SharedTable, ReadonlySet<unknown>>;

const idsOf = async (db: Reader, table: SharedTable): Promise<ReadonlySet<unknown>> => {
  const { rows } = await sql<{ readonly id: number }>`select id from ${sql.id(table)}`.execute(db);
  return new Set(rows.map(({ id }) => id));
};

const knownIds = async (db: Reader): Promise<Known> =>
  new Map([
    ['organization', await idsOf(db, 'organization')],
    ['role', await idsOf(db, 'role')],
    ['user', await idsOf(db, 'user')],
  ]);

/** Returns whether the row refers to one of the table; a text that stands for its ID becomes that. */
const refers = (known: Known, row: RepairedRow, field: string, table: SharedTable): boolean => {
  const id = understoodValue('integer', row.value(field));
  if (id === undefined || known.get(table)?.has(id) !== true) {
    return false;
  }
  if (id !== row.value(field)) {
    row.set(field, id);
  }
  return true;
};

/** @returns whether the row belonged to an organization that is gone, and belongs to none now */
const repairOrganization = async (db: Reader, known: Known, row: RepairedRow): Promise<boolean> => {
  if (refers(known, row, 'organization_id', 'organization')) {
    return false;
  }
  const none = await findOrCreateId(db, 'organization', '', toTimestamp(new Date()));
  row.set('organization_id', none, `is now ${none}: belongs to no organization, as its own is missing`);
  return true;
};

const roleOf = async (db: Reader, known: Known, row: RepairedRow): Promise<string | undefined> => {
  if (!refers(known, row, 'role_id', 'role')) {
    return undefined;
  }
  const id = Number(row.value('role_id'));
  return (await db.selectFrom('role').select('name').where('id', '=', id).executeTakeFirst())?.name;
};

const repairUser = async (db: Reader, known: Known, row: RepairedRow): Promise<void> => {
  const role = await roleOf(db, known, row);
  const lostOrganization = await repairOrganization(db, known, row);
  if (role === undefined || (role !== '' && !isRole(role))) {
    const member = await findOrCreateId(db, 'role', 'member', toTimestamp(new Date()));
    row.set(
      'role_id',
      member,
      `is now ${member}: a member, as ${role === undefined ? 'the role is missing' : `the role ${role} is unknown`}`,
    );
    row.withdrawApproval('the role was unknown');
  } else if (lostOrganization && role !== 'project_admin') {
    row.withdrawApproval('the organization is missing');
  }
};

const repairSite = async (db: Reader, known: Known, row: RepairedRow): Promise<void> => {
  if (await repairOrganization(db, known, row)) {
    row.withdrawApproval('the organization is missing');
  }
  if (refers(known, row, 'creator_id', 'user')) {
    return;
  }
  const admin = await db
    .selectFrom('user')
    .innerJoin('role', 'role.id', 'user.role_id')
    .where('role.name', '=', 'project_admin')
    .where('user.approval_state', '>=', APPROVED)
    .select('user.id')
    .orderBy('user.id')
    .executeTakeFirst();
  if (admin !== undefined) {
    row.set('creator_id', admin.id, `is now ${admin.id}: belongs to the first project admin`);
  }
};

const repairRow = async (
  db: Reader,
  { tables, known }: { readonly tables: TableDefinitions; readonly known: Known },
  table: SharedTable,
  row: RepairedRow,
): Promise<void> => {
  repairTypes(row, tables, table);
  repairJson(row, table);
  await repairName(db, table, row);
  if (table === 'user') {
    await repairUser(db, known, row);
  } else if (table === 'client') {
    await repairSite(db, known, row);
  }
};

const store = async (db: Reader, table: SharedTable, row: RepairedRow): Promise<void> => {
  const changes = Object.entries(row.change).map(([name, value]) => sql`${sql.id(name)} = ${value}`);
  if (changes.length === 0) {
    return;
  }
  await sql`update ${sql.id(table)} set ${sql.join(changes)} where id = ${row.id}`.execute(db);
  for (const note of row.notes) {
    await noteRepair(db, { relation: table, row_id: row.id, ...note });
  }
};

type Columns = ReadonlyMap<string, ReadonlySet<string>>;

const presentColumns = async (db: Reader): Promise<Columns> =>
  new Map((await ownTables(db)).map(({ name, columns }) => [name, new Set(columns.map((one) => one.name))]));

/** Gives the tables with odd rows, and those. @param present columns, before all migrations are through */
const oddTables = async function* (db: Reader, tables: TableDefinitions, present?: Columns) {
  for (const table of SHARED_TABLES) {
    const odd = await oddRows(db, tables, table, present && (present.get(table) ?? new Set()));
    if (odd.length > 0) {
      yield { table, odd };
    }
  }
};

/**
 * Repairs what other programs left in the tables that NVIDIA's dashboard has too: a value with an obvious meaning is
 * kept, and any other becomes a default that never gives more rights than there were. Each repair is noted.
 *
 * @param db transaction
 */
export const repairRows = async (db: Reader, tables: TableDefinitions): Promise<void> => {
  await addRowRepairs(db, tables);
  for await (const { table, odd } of oddTables(db, tables, await presentColumns(db))) {
    const known = await knownIds(db);
    for (const stored of odd) {
      const row = new RepairedRow(stored);
      await repairRow(db, { tables, known }, table, row);
      await store(db, table, row);
    }
  }
};

/** Returns whether {@link repairRows} has anything to do after all migrations; keeps no other program from writing. */
export const hasOddRows = async (db: Reader, tables: TableDefinitions): Promise<boolean> => {
  const { done } = await oddTables(db, tables).next();
  return done !== true;
};
