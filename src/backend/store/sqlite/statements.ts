import type BetterSqlite from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

const MOST = 256;

/**
 * A connection that keeps the statements it has prepared; the oldest goes when there are too many. None is ever
 * iterated over, so none is busy when it is asked for again.
 */
export const keepStatements = (connection: BetterSqlite.Database): SqliteDatabase => {
  const kept = new Map<string, BetterSqlite.Statement>();
  return {
    prepare: (text) => {
      const known = kept.get(text);
      if (known !== undefined) {
        return known;
      }
      const statement = connection.prepare(text);
      const [oldest] = kept.keys();
      if (oldest !== undefined && kept.size >= MOST) {
        kept.delete(oldest);
      }
      kept.set(text, statement);
      return statement;
    },
    close: () => {
      kept.clear();
      connection.close();
    },
  };
};
