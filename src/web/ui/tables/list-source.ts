import { keepPreviousData, queryOptions } from '@tanstack/react-query';

/** Describes what a table asks the server for; facets hold known values only. */
export interface ListRequest {
  readonly text: string;
  /** A column, with a hyphen before it for descending; empty for the order of the server. */
  readonly sort: string;
  readonly facets: Readonly<Record<string, string>>;
  readonly offset: number;
  readonly limit: number;
}

/** Part of a list, and how many rows match altogether. */
export interface ListPart<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** A list that the server filters, sorts and pages. */
export interface ListSource<T> {
  /** First part of the cache's keys, by which a change is noticed. */
  readonly key: string;
  readonly read: (request: ListRequest) => Promise<ListPart<T>>;
}

/** Rows of one request of a whole list. */
const STEP = 500;

/** The query of one page; the former page stays until the next one is there. */
export const listQuery = <T>({ key, read }: ListSource<T>, request: ListRequest) =>
  queryOptions({
    queryKey: [key, 'list', request],
    queryFn: () => read(request),
    placeholderData: keepPreviousData,
  });

/** Reads all rows that match, page by page. @param max rows at most */
export const readAll = async <T>(
  { read }: ListSource<T>,
  request: Omit<ListRequest, 'offset' | 'limit'>,
  max = Number.POSITIVE_INFINITY,
): Promise<readonly T[]> => {
  const all: T[] = [];
  for (;;) {
    const { rows, total } = await read({ ...request, offset: all.length, limit: Math.min(STEP, max) });
    all.push(...rows);
    if (rows.length === 0 || all.length >= total || all.length >= max) {
      return all;
    }
  }
};
