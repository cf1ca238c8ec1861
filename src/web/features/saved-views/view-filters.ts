import { ViewFilters } from '../../../contract/api/saved-view.ts';
import type { NewSavedView } from '../../api/views.ts';

type Filters = NewSavedView['filters'];

const KEYS: ReadonlySet<string> = new Set(Object.keys(ViewFilters.shape));

/** Filters of the address that a view keeps; which page is shown, and its size, are not among them. */
export const filtersIn = (params: URLSearchParams): Filters =>
  Object.fromEntries([...params].filter(([key, value]) => KEYS.has(key) && value !== ''));

/** The same filters have the same text, in whichever order they stand in the address. */
export const textOf = (filters: Filters): string => {
  const params = new URLSearchParams(Object.entries(filters));
  params.sort();
  return params.toString();
};
