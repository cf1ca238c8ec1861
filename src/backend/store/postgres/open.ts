import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Database } from '../database.ts';
import { migrate } from '../migrate.ts';
import type { Schema } from '../schema.ts';
import { TABLES } from './0001-tables.ts';

/** Any number of ours: write transactions take this lock, so that they run one after the other. */
const WRITE_LOCK = 7_341_001;

/**
 * Opens a PostgreSQL database and brings its tables up to date.
 *
 * @param url `postgres://user:password@host:port/name`
 * @throws pg's error when the server cannot be reached or refuses
 */
export const openPostgres = async (url: string): Promise<Database> => {
  // Counts come as int8, which pg gives as texts.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 5000,
  });
  // An idle connection that the server cuts is replaced by the pool at the next query.
  pool.on('error', () => undefined);
  const reader = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(reader, TABLES);
  } catch (error) {
    await reader.destroy();
    throw error;
  }
  return {
    engine: 'postgres',
    reader,
    write: (work) =>
      reader.transaction().execute(async (trx) => {
        await sql`select pg_advisory_xact_lock(${WRITE_LOCK})`.execute(trx);
        return work(trx);
      }),
    check: async () => {
      await reader.selectFrom('project').select('id').execute();
    },
    close: () => reader.destroy(),
  };
};
