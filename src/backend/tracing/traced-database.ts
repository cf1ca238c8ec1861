import type { Spans } from '../context/spans.ts';
import type { Database } from '../store/database.ts';

/** Measures each change with its wait for the transaction that it shares with others. */
export const tracedDatabase = (db: Database, spans: Spans): Database => ({
  ...db,
  write: (work) => spans.run('database change', () => db.write(spans.bind(work))),
});
