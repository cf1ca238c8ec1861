import { sql } from 'kysely';
import type { Reader, Trx } from '../database.ts';
import { isCurrent } from '../migrate.ts';
import { CopyError } from '../copy/copy-database.ts';
import { APPLICATION } from './open.ts';
import { openPooled } from './pool.ts';

/** Name of the command in the server's list of connections. */
export const MAINTENANCE = `${APPLICATION}-maintenance`;

/** @throws CopyError while a backend has the database open */
const requireUnserved = async (db: Reader): Promise<void> => {
  const { rows } = await sql`select 1 from pg_stat_activity
    where datname = current_database() and application_name = ${APPLICATION} limit 1`.execute(db);
  if (rows.length > 0) {
    throw new CopyError('is open in a running dashboard');
  }
};

/**
 * Shows a PostgreSQL project as it is at one moment, also while backends write it, and changes nothing.
 *
 * @param exclusive no backend may have it open
 * @throws CopyError when another version of the dashboard wrote it last, or a backend has it open
 */
export const readPostgresSnapshot = async <T>(
  url: string,
  exclusive: boolean,
  work: (snapshot: Trx) => Promise<T>,
): Promise<T> => {
  const db = openPooled({ url, max: 1, application: MAINTENANCE });
  try {
    if (!(await isCurrent(db))) {
      throw new CopyError('holds no project of this version of the dashboard');
    }
    if (exclusive) {
      await requireUnserved(db);
    }
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(work);
  } finally {
    await db.destroy();
  }
};
