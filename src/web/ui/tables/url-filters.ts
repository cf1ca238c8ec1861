import { useState } from 'react';
import { NavigationType, useLocation, useNavigationType, useSearchParams } from 'react-router';
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

/**
 * The text of the filter as it is typed. The address follows a moment later, so a field that showed the address alone
 * would lose keys; it leads only where somebody went to another address.
 */
const useTypedText = (inAddress: string) => {
  const { key } = useLocation();
  const replaced = useNavigationType() === NavigationType.Replace;
  const [place, setPlace] = useState(key);
  const [text, setText] = useState(inAddress);
  if (place !== key) {
    setPlace(key);
    if (!replaced) {
      setText(inAddress);
    }
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

/**
 * Filter, sorting and page from the address, and how to change them; a new filter starts at page 1. Each step can be
 * taken back by the browser's Back, but for the keys of the text.
 *
 * @param columns by which the table can be sorted
 */
export const useUrlFilters = (
  facets: readonly Facet[],
  columns: ReadonlySet<string>,
): readonly [Filters, (change: Partial<Filters>) => void] => {
  const [params, setParams] = useSearchParams();
  const [text, setText] = useTypedText(params.get('q') ?? '');
  const sort = params.get('sort') ?? '';
  const page = Number(params.get('page'));
  const filters: Filters = {
    text,
    facets: facetsIn(params, facets),
    sort: columns.has(sort.replace(/^-/, '')) ? sort : '',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    size: sizeIn(params),
  };
  const change = (next: Partial<Filters>) => {
    const all = { ...filters, page: 1, ...next };
    setText(all.text);
    setParams(addressOf(all), { replace: next.text !== undefined && next.facets === undefined });
  };
  return [filters, change];
};
