import { queryOptions } from '@tanstack/react-query';
import { api, responseOf } from '../../api/client.ts';

/** The views that whoever is logged in has saved, of all lists. */
export const savedViewsQuery = queryOptions({
  queryKey: ['saved-views'],
  queryFn: async () => (await responseOf(api.GET('/api/v1/saved-views'))).views,
});
