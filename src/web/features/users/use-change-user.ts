import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, responseOf } from '../../api/client.ts';
import type { User, UserChange } from '../../api/views.ts';

/** Changes a user who is still as shown; the tables then read the truth again. */
export const useChangeUser = () => {
  const cache = useQueryClient();
  return useCallback(
    async ({ id, version }: Pick<User, 'id' | 'version'>, change: UserChange): Promise<void> => {
      const body = { ...change, version };
      try {
        await responseOf(api.PATCH('/api/v1/users/{id}', { params: { path: { id } }, body }));
      } finally {
        await cache.invalidateQueries();
      }
    },
    [cache],
  );
};
