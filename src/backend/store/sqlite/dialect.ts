import type BetterSqlite from 'better-sqlite3';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Dialect,
  type Driver,
} from 'kysely';
import { keepStatements } from './statements.ts';

/** Takes the write lock at once, and rolls back only what SQLite itself has not rolled back yet (disk full). */
class WritingDriver extends SqliteDriver {
  readonly #connection: BetterSqlite.Database;

  constructor(connection: BetterSqlite.Database) {
    super({ database: keepStatements(connection) });
    this.#connection = connection;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#connection.inTransaction) {
      await connection.executeQuery(CompiledQuery.raw('rollback'));
    }
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** kysely's SQLite dialect with one connection that all queries and transactions take in turn. */
export const sqliteDialect = (connection: BetterSqlite.Database): Dialect => {
  const base = new SqliteDialect({ database: connection });
  return {
    createDriver: (): Driver => new WritingDriver(connection),
    createAdapter: () => new TransactionalAdapter(),
    createQueryCompiler: () => base.createQueryCompiler(),
    createIntrospector: (db) => base.createIntrospector(db),
  };
};
