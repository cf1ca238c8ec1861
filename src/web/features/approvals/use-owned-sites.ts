import { useQueries } from '@tanstack/react-query';
import { ownedSitesQuery } from '../../api/queries.ts';
import type { Decision, Site } from '../../api/views.ts';
import type { Subject } from './subject.ts';

/** Longer lists are not read. */
export const MAX_LISTED = 20;

/** Returns the sites of the first users that a denial or deletion concerns, by the user's id. */
export const useOwnedSites = (
  decision: Decision['decision'],
  subjects: readonly Subject[],
): ReadonlyMap<number, readonly Site[]> => {
  const owners =
    decision === 'delete' || decision === 'deny'
      ? subjects.slice(0, MAX_LISTED).filter(({ kind }) => kind === 'user')
      : [];
  return useQueries({
    queries: owners.map(({ id }) => ownedSitesQuery(id)),
    combine: (results) => new Map(owners.map(({ id }, at) => [id, results[at]?.data ?? []])),
  });
};
