import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Reader, Trx } from '../database.ts';
import type { CopiedTable } from './tables.ts';

export type Row = Readonly<Record<string, unknown>>;

const PAGE_ROWS = 500;
/** NVIDIA's dashboards keep these as bytes, some as texts. */
const BYTES: ReadonlySet<string> = new Set(['root_cert', 'root_key']);

const normalized = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      BYTES.has(name) && typeof value === 'string' ? Buffer.from(value) : value,
    ]),
  );

/** Yields the rows of a table by pages, in the order of its key. */
export const pagesOf = async function* (
  db: Reader | Trx,
  { name, columns, key }: CopiedTable,
): AsyncGenerator<readonly Row[]> {
  const list = sql.join(columns.map((column) => sql.ref(column)));
  const order = sql.join(key.map((column) => sql.ref(column)));
  let last: Row | undefined;
  for (;;) {
    const values = sql.join(key.map((column) => sql`${last?.[column]}`));
    const later = last === undefined ? sql`` : sql`where (${order}) > (${values})`;
    const query = sql<Row>`select ${list} from ${sql.id(name)} ${later} order by ${order} limit ${PAGE_ROWS}`;
    const { rows } = await query.execute(db);
    if (rows.length > 0) {
      yield rows.map(normalized);
    }
    if (rows.length < PAGE_ROWS) {
      return;
    }
    last = rows.at(-1);
  }
};

export const insertRows = async (
  trx: Trx,
  { name, columns }: CopiedTable,
  rows: readonly Row[],
): Promise<void> => {
  const list = sql.join(columns.map((column) => sql.ref(column)));
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => sql`${row[column]}`))})`);
  await sql`insert into ${sql.id(name)} (${list}) values ${sql.join(values)}`.execute(trx);
};

const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined) {
    return null;
  }
  if (typeof value === 'string') {
    return value;
  }
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : JSON.stringify(value);
};

/** Counts rows and sums their hashes up, in whatever order they come: engines sort texts differently. */
export class Tally {
  readonly #columns: readonly string[];
  #sum = 0n;
  #rows = 0;

  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  get rows(): number {
    return this.#rows;
  }

  add(row: Row): void {
    const text = JSON.stringify(this.#columns.map((column) => textOf(row[column])));
    this.#sum += BigInt(`0x${createHash('sha256').update(text).digest('hex')}`);
    this.#rows += 1;
  }

  equals(other: Tally): boolean {
    return this.#rows === other.#rows && this.#sum === other.#sum;
  }
}
