import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import type { ProjectChange } from '../../api/views.ts';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

/** Changes the project and says that it is saved. */
export const useChangeProject = () => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const outcome = useOutcome();
  return useReportedMutation({
    mutationFn: (body: ProjectChange) => responseOf(api.PATCH('/api/v1/project', { body })),
    onSuccess: async () => {
      outcome.done(t('common.saved'));
      await cache.invalidateQueries();
    },
  });
};
