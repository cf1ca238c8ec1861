import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { answered, api } from '../../api/client.ts';
import type { UserChange } from '../../api/views.ts';

/** Changes a user; the tables then read the truth again. */
export const useChangeUser = () => {
  const cache = useQueryClient();
  return useCallback(
    async (id: number, body: UserChange): Promise<void> => {
      try {
        await answered(api.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body }));
      } finally {
        await cache.invalidateQueries();
      }
    },
    [cache],
  );
};
