import { ApiError } from '../../contract/errors.ts';
import type { Database, Reader } from '../store/database.ts';

/** Rows of a page for which no `limit` is given. */
export const PAGE_ROWS = 1000;

/** Returns what a list is read with: no index helps to find a part of a text. */
export const listReader = (db: Database, q: string | undefined): Reader =>
  q === undefined || q === '' ? db.reader : db.searcher();

/**
 * Reads the `sort` parameter of a list: a column, with `-` before it for the other direction.
 *
 * @param known tells the columns that can be sorted by
 * @throws ApiError `invalid` for another column
 */
export const listOrder = <S extends string>(
  text: string | undefined,
  known: (column: string) => column is S,
  fallback: S,
): { readonly sort: S; readonly descending: boolean } => {
  if (text === undefined || text === '') {
    return { sort: fallback, descending: false };
  }
  const descending = text.startsWith('-');
  const column = descending ? text.slice(1) : text;
  if (known(column)) {
    return { sort: column, descending };
  }
  const message = 'is not a column this list can be sorted by';
  throw new ApiError('invalid', `sort ${message}`, { fields: [{ path: 'sort', message }] });
};
