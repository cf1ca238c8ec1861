import { Kysely, sql } from 'kysely';
import pg from 'pg';
import type { Database } from '../database.ts';
import { migrate } from '../migrate.ts';
import type { Schema } from '../schema.ts';
import { TABLES } from './0001-tables.ts';
import { postgresDialect } from './dialect.ts';

/** Any number of this product's own: write transactions take this lock, so that they run one after the other. */
const WRITE_LOCK = 7_341_001;

/** Writers wait for each other; with connections of their own they never keep readers waiting. */
const CONNECTIONS = { reading: 8, writing: 4 } as const;
const CONNECT_MS = 5000;
/** For the response to one statement; the server may hang with its connections open. */
const QUERY_MS = 15_000;
const KEEP_ALIVE_MS = 10_000;

/** Limits of a write, kept by the server, so that a replica that hangs releases the lock. */
const LOCK_MS = 4000;
const STATEMENT_MS = 10_000;
const IDLE_MS = 3000;

interface PoolOptions {
  readonly url: string;
  readonly max: number;
  /** Undefined: as long as it takes. */
  readonly queryMs?: number | undefined;
}

/** Opens a pool that survives the loss of any of its connections, in use or not. */
const openPool = ({ url, max, queryMs }: PoolOptions): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    ...(queryMs === undefined ? {} : { query_timeout: queryMs }),
  });
  // The query on the connection fails by itself, and the pool replaces the connection.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

const open = (options: PoolOptions): Kysely<Schema> =>
  new Kysely<Schema>({ dialect: postgresDialect(openPool(options)) });

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
 * @throws pg's error when the server cannot be reached or refuses
 */
export const openPostgres = async (url: string): Promise<Database> => {
  // Counts come as int8, which pg gives as texts.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const migrating = open({ url, max: 2 });
  try {
    await migrate(migrating, TABLES);
  } finally {
    await migrating.destroy();
  }
  const reader = open({ url, max: CONNECTIONS.reading, queryMs: QUERY_MS });
  const writer = open({ url, max: CONNECTIONS.writing, queryMs: QUERY_MS });
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
