import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { answered, api } from '../../api/client.ts';
import type { SiteChange } from '../../api/views.ts';

/** Changes a site; the tables then read the truth again. */
export const useChangeSite = () => {
  const cache = useQueryClient();
  return useCallback(
    async (id: number, body: SiteChange): Promise<void> => {
      try {
        await answered(api.PATCH('/api/v1/clients/{id}', { params: { path: { id } }, body }));
      } finally {
        await cache.invalidateQueries();
      }
    },
    [cache],
  );
};
