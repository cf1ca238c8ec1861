import { existsSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { z } from 'zod';
import type { SavedRoot } from '../stored-root.ts';

const Row = z.object({
  root_cert: z.union([z.instanceof(Uint8Array), z.string()]).nullable(),
  root_key: z.union([z.instanceof(Uint8Array), z.string()]).nullable(),
});

const textOf = (value: Uint8Array | string | null): string =>
  value === null ? '' : typeof value === 'string' ? value : Buffer.from(value).toString('utf8');

/**
 * Opens a file so that its bytes stay as they are. A read-only connection leaves an empty `-wal` and `-shm` behind, one
 * that may write takes them along when it closes; yet it would also fold the log of a crashed backend into the file.
 */
const openToRead = (file: string): BetterSqlite.Database => {
  const connection = new BetterSqlite(file, { readonly: existsSync(`${file}-wal`), fileMustExist: true });
  connection.pragma('query_only = 1');
  return connection;
};

/**
 * Reads the root CA out of a database file without writing to it.
 *
 * @param file path of the SQLite file, which need not exist
 * @returns undefined when there is no file, no project table or no root yet
 * @throws better-sqlite3's SqliteError when the file cannot be opened or is not a database
 */
export const readSqliteRoot = (file: string): SavedRoot | undefined => {
  if (!existsSync(file)) {
    return undefined;
  }
  const connection = openToRead(file);
  try {
    const table = connection.prepare("select name from sqlite_master where name = 'project'").get();
    if (table === undefined) {
      return undefined;
    }
    const row = connection.prepare('select root_cert, root_key from project order by id limit 1').get();
    if (row === undefined) {
      return undefined;
    }
    const { root_cert, root_key } = Row.parse(row);
    const key = textOf(root_key);
    return key === '' ? undefined : { certificatePem: textOf(root_cert), key };
  } finally {
    connection.close();
  }
};
