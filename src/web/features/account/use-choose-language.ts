import { useQueryClient } from '@tanstack/react-query';
import type { Language } from '../../../contract/languages.ts';
import { api, responseOf } from '../../api/client.ts';
import { switchLanguage } from '../../i18n/setup.ts';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { useSession } from '../session/session-context.ts';

/** Changes the page's language, and keeps the choice with the account of whoever is logged in. */
export const useChooseLanguage = (): ((language: Language) => Promise<void>) => {
  const cache = useQueryClient();
  const outcome = useOutcome();
  const { user } = useSession();
  return async (language) => {
    await switchLanguage(language);
    if (!user) {
      return;
    }
    try {
      const params = { path: { id: user.id } };
      await responseOf(api.PATCH('/api/v1/users/{id}', { params, body: { language } }));
      await cache.invalidateQueries({ queryKey: ['me'] });
    } catch (error) {
      outcome.failed(error);
    }
  };
};
