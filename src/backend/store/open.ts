import type { Database, QueryObserver } from './database.ts';

/** Where the database is: a file's path, or the URL of a PostgreSQL server. */
export type DatabaseLocation =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: 'postgres'; readonly url: string };

/**
 * Opens the database and brings its tables up to date; loads only the engine that is asked for.
 *
 * @param observe is told each query
 */
export const openDatabase = async (place: DatabaseLocation, observe?: QueryObserver): Promise<Database> => {
  if (place.engine === 'sqlite') {
    const { openSqlite } = await import('./sqlite/open.ts');
    return openSqlite(place.file, observe);
  }
  const { openPostgres } = await import('./postgres/open.ts');
  return openPostgres(place.url, { observe });
};
