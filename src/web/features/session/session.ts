import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { approvalOf } from '../../../contract/approval.ts';
import { api, responseOf } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import { sessionGate } from '../../api/session-gate.ts';
import { forgetDrafts } from '../../ui/forms/draft.ts';
import type { FactorProof, Me } from '../../api/views.ts';
import { keptKits } from '../kits/kept-kits.ts';
import { signedInHint } from './signed-in-hint.ts';

const whoAmI = async (): Promise<Me | null> => {
  if (!signedInHint.read()) {
    return null;
  }
  try {
    const me = await responseOf(api.GET('/api/v1/me'));
    sessionGate.signedIn(true);
    return me;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'unauthenticated') {
      throw error;
    }
    sessionGate.signedIn(false);
    signedInHint.clear();
    return null;
  }
};

const WAITING_POLL = 5_000;

const waits = (me: Me): boolean => approvalOf(me.user.approval_state) === 'pending';

/** Who is logged in; null for a stranger. Asked again now and then, since an approval acts at once. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: whoAmI,
  refetchOnWindowFocus: true,
  refetchInterval: ({ state }) => (state.data && waits(state.data) ? WAITING_POLL : false),
  staleTime: 10_000,
});

interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Opens a session by cookie. */
export const openSession = async (credentials: Credentials): Promise<void> => {
  await responseOf(api.POST('/api/v1/login', { body: credentials }));
  signedInHint.set();
};

/** Opens it by the second step, with a second factor. */
export const finishLogIn = async (body: FactorProof & { readonly challenge: string }): Promise<void> => {
  await responseOf(api.POST('/api/v1/login/second-factor', { body }));
  signedInHint.set();
};

/** A session that has ended already needs no end. Returns where the identity provider ends its own. */
const endSession = async (): Promise<string | undefined> => {
  try {
    return (await responseOf(api.POST('/api/v1/logout'))).location;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'unauthenticated') {
      throw error;
    }
    return undefined;
  }
};

/** Forgets everything that only the person who was logged in may see. */
const forgetPerson = async (cache: QueryClient): Promise<void> => {
  sessionGate.signedIn(false);
  cache.setQueryData(meQuery.queryKey, null);
  cache.removeQueries({
    predicate: (query) => query.queryKey[0] !== 'me' && query.queryKey[0] !== 'project',
  });
  await cache.invalidateQueries({ queryKey: ['project'] });
};

/** Follows a log-in or log-out in another tab of this browser at once. */
export const useOtherTabs = (): void => {
  const cache = useQueryClient();
  useEffect(
    () =>
      signedInHint.onOtherTab((signedIn) => {
        void (signedIn ? cache.invalidateQueries() : forgetPerson(cache));
      }),
    [cache],
  );
};

/** Ends the session on the server too; the page forgets everything it knew. */
export const useLogOut = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: endSession,
    onSuccess: async (address) => {
      signedInHint.clear();
      forgetDrafts();
      keptKits.forget();
      if (address === undefined) {
        await forgetPerson(cache);
      } else {
        location.assign(address);
      }
    },
  });
};
