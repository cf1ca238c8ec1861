import BetterSqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { migrate } from '../migrate.ts';
import { isMigration } from '../migrations.ts';
import { OtherDatabaseError } from '../other-database-error.ts';
import { requireOwnTables } from '../require-own-tables.ts';
import type { Schema } from '../schema.ts';
import { TABLES } from './0001-tables.ts';
import { sqliteDialect } from './dialect.ts';
import { copyFromReadOnlyDisk, isOnReadOnlyDisk } from './read-only-disk.ts';

const BUSY_MS = 5000;

const openToRead = (file: string): BetterSqlite.Database =>
  new BetterSqlite(file, { readonly: true, fileMustExist: true, timeout: BUSY_MS });

/**
 * Copies a database as it is at one moment, also while others write it.
 *
 * @param into path of a file that is not there
 * @throws better-sqlite3's SqliteError
 */
export const snapshotSqlite = async (file: string, into: string): Promise<void> => {
  if (await isOnReadOnlyDisk(file)) {
    return copyFromReadOnlyDisk(file, into);
  }
  const source = openToRead(file);
  try {
    await source.backup(into);
  } finally {
    source.close();
  }
};

/** Statements that run by themselves when a table is read or written; no dashboard creates any. */
const CODE = `select type || ' "' || name || '"' from sqlite_schema where type in ('trigger', 'view') order by name limit 1`;

const NAMES = `select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name`;

const tablesOf = (connection: BetterSqlite.Database): readonly string[] =>
  connection.prepare<[], string>(NAMES).pluck().all();

/** Returns the tables that all migrations together create; those of NVIDIA's dashboards are among them. */
const knownTables = async (): Promise<ReadonlySet<string>> => {
  const connection = new BetterSqlite(':memory:');
  const db = new Kysely<Schema>({ dialect: sqliteDialect(connection) });
  try {
    await migrate(db, TABLES);
    return new Set(tablesOf(connection));
  } finally {
    await db.destroy();
  }
};

/** A later version may have added tables. */
const hasLaterMigration = (connection: BetterSqlite.Database, tables: readonly string[]): boolean =>
  tables.includes('kysely_migration') &&
  connection
    .prepare<[], string>('select name from kysely_migration')
    .pluck()
    .all()
    .some((name) => !isMigration(name));

/**
 * Reads every page of a database.
 *
 * @returns what is wrong with it; undefined for a sound database with a project in it
 */
export const findDamage = async (file: string): Promise<string | undefined> => {
  let connection: BetterSqlite.Database | undefined;
  try {
    connection = openToRead(file);
    const found = connection.prepare<[], string>('pragma integrity_check(1)').pluck().get();
    if (found !== 'ok') {
      return found ?? 'it cannot be checked';
    }
    const code = connection.prepare<[], string>(CODE).pluck().get();
    if (code !== undefined) {
      return `it contains the ${code}, which no dashboard creates`;
    }
    connection.prepare('select id from project').get();
    const tables = tablesOf(connection);
    const known = hasLaterMigration(connection, tables) ? new Set(tables) : await knownTables();
    const foreign = tables.find((name) => !known.has(name));
    return foreign === undefined
      ? undefined
      : `it contains the table "${foreign}", which no dashboard creates`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    connection?.close();
  }
};

/** Whether a later version of the dashboard has changed a sound database so that this one cannot use it. */
export const isOfLaterVersion = async (file: string): Promise<boolean> => {
  const db = new Kysely<Schema>({ dialect: sqliteDialect(openToRead(file)) });
  try {
    await requireOwnTables(db, TABLES);
    return false;
  } catch (error) {
    if (error instanceof OtherDatabaseError) {
      return error.of === 'later version';
    }
    throw error;
  } finally {
    await db.destroy();
  }
};
