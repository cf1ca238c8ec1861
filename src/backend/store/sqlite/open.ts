import BetterSqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { queryLog, type Database, type QueryObserver } from '../database.ts';
import { migrate } from '../migrate.ts';
import { MovedDatabaseError } from '../moved-database-error.ts';
import { requireOwnTables } from '../require-own-tables.ts';
import type { Schema } from '../schema.ts';
import { TABLES } from './0001-tables.ts';
import { sqliteDialect } from './dialect.ts';
import { Checkpoints } from './checkpoint.ts';
import { GroupCommit } from '../group-commit.ts';
import { markDatabase, markLog } from './log-mark.ts';
import { searchDialect } from './search-dialect.ts';
import { SearchThread } from './search-thread.ts';
import { watchFile } from './watch-file.ts';
import { writeError } from './write-error.ts';

/** Time that SQLite waits for other programs: nobody else is served meanwhile. */
const BUSY_MS = { opening: 5000, working: 10, closing: 1000 } as const;

/** Size of a database whose searches get a thread of their own: smaller ones are read faster than one starts. */
const LARGE_BYTES = 32 * 2 ** 20;

/**
 * Opens (or makes) the database file and brings its tables up to date.
 *
 * @param file path of the SQLite file
 * @param observe is told each query
 * @throws better-sqlite3's SqliteError when the file cannot be opened or is not a database
 */
export const openSqlite = async (file: string, observe?: QueryObserver): Promise<Database> => {
  const connection = new BetterSqlite(file, { timeout: BUSY_MS.opening });
  try {
    const reader = new Kysely<Schema>({
      dialect: sqliteDialect(connection),
      ...queryLog('sqlite', observe),
    });
    await requireOwnTables(reader, TABLES);
    markDatabase(connection);
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    await migrate(reader, TABLES);
    const requireInPlace = watchFile(file);
    const isInPlace = (): boolean => {
      try {
        requireInPlace();
        return true;
      } catch (error) {
        if (error instanceof MovedDatabaseError) {
          return false;
        }
        throw error;
      }
    };
    const checkpoints = new Checkpoints(connection, requireInPlace);
    checkpoints.run();
    connection.pragma(`busy_timeout = ${BUSY_MS.working}`);
    let commits = 0;
    const group = new GroupCommit({
      reader,
      inTransaction: () => connection.inTransaction,
      begin: () => {
        if (checkpoints.logBegins) {
          markLog(connection);
        }
        return Promise.resolve();
      },
      committed: () => {
        commits += 1;
        checkpoints.committed();
      },
    });
    const searcher = new Kysely<Schema>({
      dialect: searchDialect(new SearchThread(file)),
      ...queryLog('sqlite', observe),
    });
    const bytes = connection
      .prepare<[], number>('select page_count * page_size from pragma_page_count, pragma_page_size')
      .pluck();
    const foreignCommits = connection.prepare<[], number>('pragma data_version').pluck();
    return {
      engine: 'sqlite',
      reader,
      searcher: () => ((bytes.get() ?? 0) < LARGE_BYTES ? reader : searcher),
      write: (work) =>
        group
          .write((trx) => {
            requireInPlace();
            return work(trx);
          })
          .catch(async (error: unknown) => {
            throw await writeError(error, file);
          }),
      version: () => `${commits}.${foreignCommits.get() ?? ''}`,
      foreignVersion: () => String(foreignCommits.get() ?? ''),
      snapshot: async (target) => {
        await connection.backup(target);
      },
      check: () =>
        new Promise((resolve) => {
          requireInPlace();
          connection.prepare('select count(*) from project').get();
          resolve();
        }),
      close: async () => {
        await group.idle();
        await searcher.destroy();
        checkpoints.close();
        connection.pragma(`busy_timeout = ${BUSY_MS.closing}`);
        if (!isInPlace()) {
          // Closing would write the log into a file that it does not belong to.
          return;
        }
        connection.pragma('wal_checkpoint(TRUNCATE)');
        await reader.destroy();
      },
    };
  } catch (error) {
    connection.close();
    throw error;
  }
};
