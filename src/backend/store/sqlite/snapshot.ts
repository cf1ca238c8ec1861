import BetterSqlite from 'better-sqlite3';

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
  const source = openToRead(file);
  try {
    await source.backup(into);
  } finally {
    source.close();
  }
};

/** Statements that run by themselves when a table is read or written; no dashboard creates any. */
const CODE = `select type || ' "' || name || '"' from sqlite_schema where type in ('trigger', 'view') order by name limit 1`;

/**
 * Reads every page of a database.
 *
 * @returns what is wrong with it; undefined for a sound database with a project in it
 */
export const findDamage = (file: string): string | undefined => {
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
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    connection?.close();
  }
};
