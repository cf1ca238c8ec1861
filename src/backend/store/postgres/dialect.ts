import {
  PostgresAdapter,
  PostgresDialect,
  PostgresDriver,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import pg from 'pg';
import { z } from 'zod';

const Coded = z.object({ code: z.string() });

/** The connection failed before the database could say anything; the code is PostgreSQL's for a lost connection. */
export class ConnectionLostError extends Error {
  readonly code = '08006';
}

/** Gives pg's own errors, which carry no code, the code of a lost connection. */
const connectionError = (error: unknown): unknown =>
  error instanceof pg.DatabaseError || error instanceof TypeError || Coded.safeParse(error).success
    ? error
    : new ConnectionLostError('the connection to the database was lost', { cause: error });

const guarded = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw connectionError(error);
  });

class GuardedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;

  constructor(inner: DatabaseConnection) {
    this.inner = inner;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return guarded(this.inner.executeQuery<R>(query));
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize);
  }
}

class GuardedDriver implements Driver {
  readonly #base: Driver;

  constructor(pool: pg.Pool) {
    this.#base = new PostgresDriver({ pool });
  }

  init(): Promise<void> {
    return this.#base.init();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new GuardedConnection(await guarded(this.#base.acquireConnection()));
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return this.#base.beginTransaction(connection, settings);
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#base.commitTransaction(connection);
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#base.rollbackTransaction(connection);
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#base.releaseConnection(
      connection instanceof GuardedConnection ? connection.inner : connection,
    );
  }

  destroy(): Promise<void> {
    return this.#base.destroy();
  }
}

/** Leaves out kysely's lock of the session, which a pool of transactions would never give back; see one-replica.ts. */
class UnlockedAdapter extends PostgresAdapter {
  override acquireMigrationLock(): Promise<void> {
    return Promise.resolve();
  }

  override releaseMigrationLock(): Promise<void> {
    return Promise.resolve();
  }
}

/** kysely's PostgreSQL dialect, whose errors all carry a code. */
export const postgresDialect = (pool: pg.Pool): Dialect => {
  const base = new PostgresDialect({ pool });
  return {
    createDriver: (): Driver => new GuardedDriver(pool),
    createAdapter: () => new UnlockedAdapter(),
    createQueryCompiler: () => base.createQueryCompiler(),
    createIntrospector: (db) => base.createIntrospector(db),
  };
};
