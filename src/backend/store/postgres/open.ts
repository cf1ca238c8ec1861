import { sql } from 'kysely';
import type { Database, QueryObserver } from '../database.ts';
import { GroupCommit } from '../group-commit.ts';
import { migrate } from '../migrate.ts';
import { currentSchema } from '../own-tables.ts';
import { ReadOnlyDatabaseError } from '../read-only-database-error.ts';
import { TABLES } from './0001-tables.ts';
import { inOneReplica } from './one-replica.ts';
import { openPooled } from './pool.ts';

/** Changes that arrive together share a transaction; with a connection of their own they never keep readers waiting. */
const CONNECTIONS = { reading: 8, writing: 1 } as const;
/** For the response to one statement; the server may hang with its connections open. */
const QUERY_MS = 15_000;

/** Limits of a write, kept by the server, so that a replica that hangs releases the lock. */
const LOCK_MS = 4000;
const STATEMENT_MS = 10_000;
const IDLE_MS = 3000;

/** Name of a running backend in the server's list of connections. */
export const APPLICATION = 'nvflare-dashboard';

/**
 * Limits of the transaction, and the lock of the row that every change ends with, so that the changes of all replicas
 * run one after the other. In one message, to save round trips; pooled connections keep none of it.
 */
const beginWrite = sql.raw(`set local lock_timeout = ${LOCK_MS};
  set local statement_timeout = ${STATEMENT_MS};
  set local idle_in_transaction_session_timeout = ${IDLE_MS};
  select id from audit_head where id = 1 for update`);

/** "on" at a standby, and where an administrator or a full disk has ended writes. */
const isReadOnly = sql<{
  readonly read_only: string;
}>`select current_setting('transaction_read_only') as read_only`;

/** Options of an open database. */
export interface OpenOptions {
  /** Name in the server's list of connections. */
  readonly application?: string;
  /** Is told each query. */
  readonly observe?: QueryObserver | undefined;
}

/**
 * Opens a PostgreSQL database and brings its tables up to date.
 *
 * @param url `postgres://user:password@host:port/name`
 * @throws pg's error when the server cannot be reached or refuses
 */
export const openPostgres = async (
  url: string,
  { application = APPLICATION, observe }: OpenOptions = {},
): Promise<Database> => {
  const migrating = openPooled({ url, max: 2, application });
  try {
    const schema = await currentSchema(migrating);
    await inOneReplica(migrating, () => migrate(migrating, TABLES, schema));
  } finally {
    await migrating.destroy();
  }
  const reader = openPooled({ url, max: CONNECTIONS.reading, application, queryMs: QUERY_MS, observe });
  const writer = openPooled({ url, max: CONNECTIONS.writing, application, queryMs: QUERY_MS, observe });
  const group = new GroupCommit({
    reader: writer,
    begin: async (trx) => {
      await beginWrite.execute(trx);
    },
    inTransaction: () => true,
    committed: () => undefined,
  });
  return {
    engine: 'postgres',
    reader,
    searcher: () => reader,
    write: (work) => group.write(work),
    check: async () => {
      const { rows } = await isReadOnly.execute(reader);
      if (rows[0]?.read_only !== 'off') {
        throw new ReadOnlyDatabaseError('the database server takes no writes');
      }
    },
    close: async () => {
      await group.idle();
      await Promise.all([reader.destroy(), writer.destroy()]);
    },
  };
};
