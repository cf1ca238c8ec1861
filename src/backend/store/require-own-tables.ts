import { sql, type Kysely } from 'kysely';
import { areAllAmong, FIRST_MIGRATION, isMigration } from './migrations.ts';
import { OtherDatabaseError } from './other-database-error.ts';
import { ownTables } from './own-tables.ts';
import type { Schema } from './schema.ts';
import { requiredMigration } from './schema-compatibility.ts';
import type { TableDefinitions } from './table-definitions.ts';

/** Tables that every release of NVIDIA's dashboard has. */
const NVIDIA = ['organization', 'role', 'user', 'client', 'project'];

/** Names of the migrations that were carried out; undefined in a database that none was. */
const executedMigrations = async (db: Kysely<Schema>): Promise<readonly string[] | undefined> => {
  try {
    const { rows } = await sql<{ readonly name: string }>`select name from kysely_migration`.execute(db);
    return rows.map(({ name }) => name);
  } catch {
    return undefined;
  }
};

/** A later version may state that this one can still work on the tables: it has only added to them. */
const isCompatible = async (db: Kysely<Schema>, executed: readonly string[]): Promise<boolean> => {
  const required = await requiredMigration(db);
  return required !== undefined && isMigration(required) && areAllAmong(executed);
};

const laterMigration = (executed: readonly string[]): string | undefined =>
  executed.find((name) => !isMigration(name));

/**
 * Makes sure that this version knows all of a database, for copies, which would leave out what a later one has added.
 *
 * @throws OtherDatabaseError
 */
export const requireKnownTables = async (db: Kysely<Schema>): Promise<void> => {
  const later = laterMigration((await executedMigrations(db)) ?? []);
  if (later !== undefined) {
    throw new OtherDatabaseError('later version', later);
  }
};

/**
 * Makes sure that the tables can be brought up to date: they are none, this dashboard's, or those of NVIDIA's dashboard. Those
 * of a later version pass as long as it has only added to what this one uses.
 * In a PostgreSQL schema, tables of others may lie beside them, under other names.
 *
 * @throws OtherDatabaseError
 */
export const requireOwnTables = async (db: Kysely<Schema>, tables: TableDefinitions): Promise<void> => {
  const executed = await executedMigrations(db);
  const unknown = laterMigration(executed ?? []);
  if (executed !== undefined && unknown !== undefined) {
    if (await isCompatible(db, executed)) {
      return;
    }
    const isOwn = executed.includes(FIRST_MIGRATION);
    throw new OtherDatabaseError(isOwn ? 'later version' : 'other program', unknown);
  }
  if (executed !== undefined && executed.length > 0) {
    return;
  }
  const found = await ownTables(db);
  const names = new Set(found.map(({ name }) => name));
  if (NVIDIA.every((name) => names.has(name))) {
    return;
  }
  const isFile = found.every(({ schema }) => schema === undefined);
  const taken = found.find(({ name }) => isFile || Object.hasOwn(tables, name));
  if (taken !== undefined) {
    throw new OtherDatabaseError('other program', taken.name);
  }
};
