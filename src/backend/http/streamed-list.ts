import { Readable } from 'node:stream';
import { PAGE_ROWS } from '../services/list-order.ts';

export const JSON_TYPE = 'application/json; charset=utf-8';

/** Rows of a whole list at most. */
const MAX_ROWS = 10_000;

/** Gives rows from an offset on, {@link PAGE_ROWS} at most. */
export type ReadRows = (offset: number) => Promise<readonly object[]>;

/**
 * A JSON object whose members are one list each, read and written page by page, so that neither memory nor the event
 * loop has to hold it whole; it ends after {@link MAX_ROWS} rows.
 *
 * @param names of the members, which all hold the same list
 * @param first rows of the first page
 */
export const streamedList = (
  names: readonly string[],
  { first, offset, total, read }: { first: readonly object[]; offset: number; total: number; read: ReadRows },
): Readable =>
  Readable.from(
    (async function* () {
      yield '{"status":"ok"';
      for (const name of names) {
        yield `,${JSON.stringify(name)}:[`;
        let rows = first;
        for (let sent = 0; rows.length > 0;) {
          const text = JSON.stringify(rows).slice(1, -1);
          yield sent === 0 ? text : `,${text}`;
          sent += rows.length;
          rows = rows.length < PAGE_ROWS || sent >= MAX_ROWS ? [] : await read(offset + sent);
        }
        yield ']';
      }
      yield `,"total":${total}}`;
    })(),
    { objectMode: false },
  );
