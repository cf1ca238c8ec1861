import { Kysely } from 'kysely';
import pg from 'pg';
import { queryLog, type QueryObserver } from '../database.ts';
import type { Schema } from '../schema.ts';
import { postgresDialect } from './dialect.ts';

const CONNECT_MS = 5000;
const KEEP_ALIVE_MS = 10_000;

export interface PoolOptions {
  readonly url: string;
  readonly max: number;
  /** Name in the server's list of connections. */
  readonly application: string;
  /** Longest wait for the response to a statement; undefined: as long as it takes. */
  readonly queryMs?: number | undefined;
  /** Is told each query. */
  readonly observe?: QueryObserver | undefined;
}

/** Opens a pool that survives the loss of any of its connections, in use or not. */
const openPool = ({ url, max, application, queryMs }: PoolOptions): pg.Pool => {
  // Counts come as int8, which pg gives as texts.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: application,
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

/** Opens the database without looking at its tables. */
export const openPooled = (options: PoolOptions): Kysely<Schema> =>
  new Kysely<Schema>({
    dialect: postgresDialect(openPool(options)),
    ...queryLog('postgres', options.observe),
  });
