import BetterSqlite from 'better-sqlite3';
import { APPROVED, PENDING } from '../../../contract/approval.ts';
import type { WaitingCounts } from '../../../contract/maintenance.ts';

/**
 * Counts who waits for approval, also while a backend writes the file.
 *
 * @throws better-sqlite3's SqliteError when it is no project's database
 */
export const countWaiting = (file: string): WaitingCounts => {
  const connection = new BetterSqlite(file, { readonly: true, fileMustExist: true });
  try {
    const count = (table: 'user' | 'client'): number =>
      connection
        .prepare<[number, number], number>(
          `select count(*) from ${table} where approval_state >= ? and approval_state < ?`,
        )
        .pluck()
        .get(PENDING, APPROVED) ?? 0;
    return { users: count('user'), sites: count('client') };
  } finally {
    connection.close();
  }
};
