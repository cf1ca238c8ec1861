import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followChanges } from '../api/change-stream.ts';

/** Queries that are repeated after a change; the audit and the checks cost the backend too much for that. */
const LIVE: ReadonlySet<unknown> = new Set([
  'inbox',
  'requests',
  'me',
  'users',
  'sites',
  'ledger',
  'ready',
  'project',
  'overview',
  'organizations',
]);

/** Keeps what the page shows up to date while somebody is logged in and looks at it. */
export const useLiveUpdates = (on: boolean): void => {
  const cache = useQueryClient();
  useEffect(() => {
    if (!on) {
      return;
    }
    const refresh = () => {
      void cache.invalidateQueries({ predicate: ({ queryKey }) => LIVE.has(queryKey[0]) });
    };
    let current: AbortController | undefined;
    // A hidden tab would hold one of the few connections that a browser opens to a server.
    const follow = () => {
      if (document.visibilityState === 'hidden') {
        current?.abort();
        current = undefined;
      } else if (current === undefined) {
        current = new AbortController();
        void followChanges(refresh, current.signal);
      }
    };
    const onVisible = () => {
      if (document.visibilityState === 'visible') {
        refresh();
      }
      follow();
    };
    follow();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      current?.abort();
    };
  }, [on, cache]);
};
