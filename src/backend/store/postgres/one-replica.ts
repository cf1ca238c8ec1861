import { setTimeout as pause } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/** Any number that nothing else locks. */
const LOCK_ID = 7_153_209_418;
const RETRY_MS = 200;

/**
 * Runs the work in one replica at a time. The lock is a transaction's, because a pool of transactions would give a
 * session's lock to somebody else; it is tried for, because those who wait in the server would hold the connections of
 * the pool that the work needs.
 *
 * @param db with room for two connections
 */
export const inOneReplica = async (db: Kysely<Schema>, work: () => Promise<void>): Promise<void> => {
  const attempt = (): Promise<boolean> =>
    db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ readonly locked: boolean }>`
        select pg_try_advisory_xact_lock(${LOCK_ID}) as locked`.execute(trx);
      if (rows[0]?.locked !== true) {
        return false;
      }
      await work();
      return true;
    });
  while (!(await attempt())) {
    await pause(RETRY_MS);
  }
};
