import BetterSqlite from 'better-sqlite3';
import type { ProjectCounts } from '../../../contract/maintenance.ts';

const TABLE = `select name from sqlite_schema where type = 'table' and name = ?`;

/**
 * Counts the rows of a project's main tables; a database of NVIDIA's dashboard has no certificates.
 *
 * @throws better-sqlite3's SqliteError when it is no project's database
 */
export const countProject = (file: string): ProjectCounts => {
  const connection = new BetterSqlite(file, { readonly: true, fileMustExist: true });
  try {
    const count = (table: 'user' | 'client' | 'certificate'): number =>
      connection.prepare<[string], string>(TABLE).pluck().get(table) === undefined
        ? 0
        : (connection.prepare<[], number>(`select count(*) from ${table}`).pluck().get() ?? 0);
    return { users: count('user'), sites: count('client'), certificates: count('certificate') };
  } finally {
    connection.close();
  }
};
