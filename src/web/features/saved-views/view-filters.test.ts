import { describe, expect, it } from '@jest/globals';
import { filtersIn, textOf } from './view-filters.ts';

describe('the filters of a view', () => {
  it('leave out the page and what no list knows', () => {
    const params = new URLSearchParams('state=pending&page=3&size=100&q=clinic&other=1&role=');
    expect(filtersIn(params)).toEqual({ state: 'pending', q: 'clinic' });
  });

  it('are the same in any order', () => {
    const one = filtersIn(new URLSearchParams('q=clinic&state=pending'));
    const other = filtersIn(new URLSearchParams('state=pending&q=clinic'));
    expect(textOf(one)).toBe(textOf(other));
    expect(textOf(one)).not.toBe(textOf({ q: 'clinic' }));
  });
});
