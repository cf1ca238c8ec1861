import { sql, type Kysely } from 'kysely';
import { FIRST_MIGRATION, isMigration } from './migrations.ts';
import { OtherDatabaseError } from './other-database-error.ts';
import { ownTables } from './own-tables.ts';
import type { Schema } from './schema.ts';
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

/**
 * Makes sure that the tables can be brought up to date: they are none, this dashboard's, or those of NVIDIA's dashboard.
 * In a PostgreSQL schema, tables of others may lie beside them, under other names.
 *
 * @throws OtherDatabaseError
 */
export const requireOwnTables = async (db: Kysely<Schema>, tables: TableDefinitions): Promise<void> => {
  const executed = await executedMigrations(db);
  const unknown = executed?.find((name) => !isMigration(name));
  if (unknown !== undefined) {
    const isOwn = executed?.includes(FIRST_MIGRATION) === true;
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
