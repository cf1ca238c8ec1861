import { sql, type Compilable, type CompiledQuery, type Expression } from 'kysely';
import type { Reader, Trx } from './database.ts';

/** Stands in a compiled query where an argument goes. */
class Slot {
  readonly position: number;

  constructor(position: number) {
    this.position = position;
  }
}

interface Compiled<A, R> {
  readonly query: CompiledQuery<R>;
  /** Readers of each slot's value from the arguments, by position. */
  readonly readers: readonly ((values: A) => unknown)[];
}

/**
 * A query whose SQL is made once for each database engine: building its text takes longer than SQLite takes to
 * answer it. Its text must not depend on the arguments.
 *
 * @param build gets a function that puts the argument of that name into the query
 * @returns runs the query with the arguments given and gives its rows
 */
export const prepared = <A extends object, R>(
  build: (db: Reader | Trx, slot: <K extends keyof A>(name: K) => Expression<A[K]>) => Compilable<R>,
): ((db: Reader | Trx, values: A) => Promise<readonly R[]>) => {
  const compile = (db: Reader | Trx): Compiled<A, R> => {
    const readers: ((values: A) => unknown)[] = [];
    const query = build(db, <K extends keyof A>(name: K) => {
      readers.push((values) => values[name]);
      return sql<A[K]>`${new Slot(readers.length - 1)}`;
    }).compile();
    return { query, readers };
  };
  const known = new WeakMap<object, Compiled<A, R>>();
  return async (db, values) => {
    const engine = db.getExecutor().adapter;
    const { query, readers } = known.get(engine) ?? compile(db);
    if (!known.has(engine)) {
      known.set(engine, { query, readers });
    }
    const parameters = query.parameters.map((value) =>
      value instanceof Slot ? readers[value.position]?.(values) : value,
    );
    const { rows } = await db.executeQuery<R>({ ...query, parameters });
    return rows;
  };
};
