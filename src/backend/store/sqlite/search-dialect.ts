import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { SearchThread } from './search-thread.ts';

const refuse = (): never => {
  throw new Error('the thread for searches only reads');
};

class ThreadConnection implements DatabaseConnection {
  readonly #thread: SearchThread;

  constructor(thread: SearchThread) {
    this.#thread = thread;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return { rows: await this.#thread.run<R>({ text: sql, parameters }) };
  }

  streamQuery(): never {
    return refuse();
  }
}

class ThreadDriver implements Driver {
  readonly #connection: DatabaseConnection;
  readonly #thread: SearchThread;

  constructor(thread: SearchThread) {
    this.#thread = thread;
    this.#connection = new ThreadConnection(thread);
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(this.#connection);
  }

  beginTransaction(): Promise<void> {
    return refuse();
  }

  commitTransaction(): Promise<void> {
    return refuse();
  }

  rollbackTransaction(): Promise<void> {
    return refuse();
  }

  releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    return this.#thread.close();
  }
}

/** kysely's SQLite dialect, whose queries run in a thread of their own. */
export const searchDialect = (thread: SearchThread): Dialect => ({
  createDriver: () => new ThreadDriver(thread),
  createAdapter: () => new SqliteAdapter(),
  createQueryCompiler: () => new SqliteQueryCompiler(),
  createIntrospector: (db) => new SqliteIntrospector(db),
});
