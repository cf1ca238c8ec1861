import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, responseOf } from '../../api/client.ts';
import type { Site, SiteChange } from '../../api/views.ts';

/** Changes a site that is still as shown; the tables then read the truth again. */
export const useChangeSite = () => {
  const cache = useQueryClient();
  return useCallback(
    async ({ id, version }: Pick<Site, 'id' | 'version'>, change: SiteChange): Promise<void> => {
      const body = { ...change, ...(version === undefined ? {} : { version }) };
      try {
        await responseOf(api.PATCH('/api/v1/clients/{id}', { params: { path: { id } }, body }));
      } finally {
        await cache.invalidateQueries();
      }
    },
    [cache],
  );
};
