import { existsSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';
import { sqliteDialect } from './dialect.ts';

/** Opens a database file, which others may be writing, and changes nothing in it. */
export const openSqliteReader = (file: string): Kysely<Schema> => {
  const connection = new BetterSqlite(file, { readonly: existsSync(`${file}-wal`), fileMustExist: true });
  connection.pragma('query_only = 1');
  return new Kysely<Schema>({ dialect: sqliteDialect(connection) });
};
