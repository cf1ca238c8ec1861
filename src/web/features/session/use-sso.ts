import { useMutation } from '@tanstack/react-query';
import { BASE } from '../../api/base.ts';
import { api, responseOf } from '../../api/client.ts';

/** The page that is open, as the provider is to send the browser back to it. */
const here = (): string => location.pathname.slice(BASE.length) || '/';

/** Sends the browser to the identity provider, which sends it back to this page. */
export const useSso = (purpose: 'login' | 'confirm' | 'link') =>
  useMutation({
    mutationFn: async () => {
      const started =
        purpose === 'link'
          ? await responseOf(api.POST('/api/v1/sso/link'))
          : await responseOf(api.POST('/api/v1/login/sso', { body: { purpose, return_to: here() } }));
      location.assign(started.location);
    },
  });
