import { useState } from 'react';
import { NavigationType, useLocation, useNavigationType, useSearchParams } from 'react-router';

/** What a table shows, as it stands in the page's address. */
export interface Filters {
  readonly text: string;
  readonly state: string;
  readonly sort: string;
  readonly page: number;
}

const KEYS = { text: 'q', state: 'state', sort: 'sort', page: 'page' } as const;

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

/** Filter, sorting and page number from the address, and how to change them; a new filter starts at page 1. */
export const useUrlFilters = (): readonly [Filters, (change: Partial<Filters>) => void] => {
  const [params, setParams] = useSearchParams();
  const [text, setText] = useTypedText(params.get(KEYS.text) ?? '');
  const filters: Filters = {
    text,
    state: params.get(KEYS.state) ?? '',
    sort: params.get(KEYS.sort) ?? '',
    page: Math.max(1, Number(params.get(KEYS.page)) || 1),
  };
  const change = (next: Partial<Filters>) => {
    const all = { ...filters, page: 1, ...next };
    const entries = [
      [KEYS.text, all.text],
      [KEYS.state, all.state],
      [KEYS.sort, all.sort],
      [KEYS.page, all.page > 1 ? String(all.page) : ''],
    ].filter(([, value]) => value !== '');
    setText(all.text);
    setParams(new URLSearchParams(entries.map(([key = '', value = '']) => [key, value])), { replace: true });
  };
  return [filters, change];
};
