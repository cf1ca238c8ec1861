import { useState } from 'react';
import { useAskedParams } from '../asked-params.ts';
import { DEFAULT_SIZE, PAGE_SIZES } from './page-sizes.ts';

/** Something that a table is narrowed by, named as in the address. */
export interface Facet {
  readonly key: string;
  readonly label: string;
  /** Without them any value counts, as a link elsewhere sets it. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

/** Describes what a table shows, as it stands in the page's address. */
export interface Filters {
  readonly text: string;
  readonly facets: Readonly<Record<string, string>>;
  readonly sort: string;
  readonly page: number;
  readonly size: number;
}

/** The text of the filter as it is typed; a browser may hold back addresses that change with every key. */
const useTypedText = (inAddress: string) => {
  const [seen, setSeen] = useState(inAddress);
  const [text, setText] = useState(inAddress);
  if (seen !== inAddress) {
    setSeen(inAddress);
    setText(inAddress);
  }
  return [text, setText] as const;
};

const facetsIn = (params: URLSearchParams, facets: readonly Facet[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    facets.flatMap(({ key, choices }) => {
      const value = params.get(key) ?? '';
      const known = value !== '' && (choices?.some((choice) => choice.value === value) ?? true);
      return known ? [[key, value]] : [];
    }),
  );

const sizeIn = (params: URLSearchParams): number =>
  PAGE_SIZES.find((size) => String(size) === params.get('size')) ?? DEFAULT_SIZE;

const filtersIn = (
  params: URLSearchParams,
  facets: readonly Facet[],
  columns: ReadonlySet<string>,
): Filters => {
  const sort = params.get('sort') ?? '';
  const page = Number(params.get('page'));
  return {
    text: params.get('q') ?? '',
    facets: facetsIn(params, facets),
    sort: columns.has(sort.replace(/^-/, '')) ? sort : '',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    size: sizeIn(params),
  };
};

const addressOf = ({ text, facets, sort, page, size }: Filters): URLSearchParams => {
  const entries = [
    ['q', text],
    ...Object.entries(facets),
    ['sort', sort],
    ['page', page > 1 ? String(page) : ''],
    ['size', size === DEFAULT_SIZE ? '' : String(size)],
  ].filter(([, value]) => value !== '');
  return new URLSearchParams(entries.map(([key = '', value = '']) => [key, value]));
};

/** Changes some filters; of the facets, those that are named. */
export type ChangeFilters = (change: Partial<Filters>) => void;

/**
 * Filter, sorting and page from the address, and how to change them; a new filter starts at page 1. Each step can be
 * taken back by the browser's Back, but for the keys of the text.
 *
 * @param columns by which the table can be sorted
 */
export const useUrlFilters = (
  facets: readonly Facet[],
  columns: ReadonlySet<string>,
): readonly [Filters, ChangeFilters] => {
  const [params, setParams] = useAskedParams();
  const filters = filtersIn(params, facets, columns);
  const [text, setText] = useTypedText(filters.text);
  const change: ChangeFilters = (next) => {
    if (next.text !== undefined) {
      setText(next.text);
    }
    setParams(
      (asked) => {
        const before = filtersIn(asked, facets, columns);
        return addressOf({ ...before, page: 1, ...next, facets: { ...before.facets, ...next.facets } });
      },
      { replace: next.text !== undefined && next.facets === undefined },
    );
  };
  return [{ ...filters, text }, change];
};
