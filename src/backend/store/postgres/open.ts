import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { migrate } from '../migrate.ts';
import { TABLES } from './0001-tables.ts';
import { openPooled } from './pool.ts';

/** Any number of this product's own: write transactions take this lock, so that they run one after the other. */
const WRITE_LOCK = 7_341_001;

/** Writers wait for each other; with connections of their own they never keep readers waiting. */
const CONNECTIONS = { reading: 8, writing: 4 } as const;
/** For the response to one statement; the server may hang with its connections open. */
const QUERY_MS = 15_000;

/** Limits of a write, kept by the server, so that a replica that hangs releases the lock. */
const LOCK_MS = 4000;
const STATEMENT_MS = 10_000;
const IDLE_MS = 3000;

/** What the server's list of connections calls a running backend. */
export const APPLICATION = 'nvflare-dashboard';

/** Limits and lock come in one statement, to save round trips; pooled connections keep none of them. */
const lockForWrite = sql`select
  set_config('lock_timeout', ${String(LOCK_MS)}, true),
  set_config('statement_timeout', ${String(STATEMENT_MS)}, true),
  set_config('idle_in_transaction_session_timeout', ${String(IDLE_MS)}, true),
  pg_advisory_xact_lock(${WRITE_LOCK})`;

/**
 * Opens a PostgreSQL database and brings its tables up to date.
 *
 * @param url `postgres://user:password@host:port/name`
 * @param application name in the server's list of connections
 * @throws pg's error when the server cannot be reached or refuses
 */
export const openPostgres = async (url: string, application = APPLICATION): Promise<Database> => {
  const migrating = openPooled({ url, max: 2, application });
  try {
    await migrate(migrating, TABLES);
  } finally {
    await migrating.destroy();
  }
  const reader = openPooled({ url, max: CONNECTIONS.reading, application, queryMs: QUERY_MS });
  const writer = openPooled({ url, max: CONNECTIONS.writing, application, queryMs: QUERY_MS });
  return {
    engine: 'postgres',
    reader,
    write: (work) =>
      writer.transaction().execute(async (trx) => {
        await lockForWrite.execute(trx);
        return work(trx);
      }),
    check: async () => {
      await reader.selectFrom('project').select('id').execute();
    },
    close: async () => {
      await Promise.all([reader.destroy(), writer.destroy()]);
    },
  };
};
