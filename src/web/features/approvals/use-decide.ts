import { useQueryClient } from '@tanstack/react-query';
import type { RevocationReason } from '../../../contract/revocation.ts';
import { inboxQuery } from '../../api/queries.ts';
import { api, responseOf } from '../../api/client.ts';
import type { Decision, Inbox } from '../../api/views.ts';
import type { Subject } from './subject.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

interface DecisionOn {
  readonly decision: Decision['decision'];
  readonly subjects: readonly Subject[];
  readonly reason?: string;
  /** Revokes the certificates of who is denied or deleted. */
  readonly revoke?: RevocationReason | undefined;
  /** Who objects and was shown before the approval. */
  readonly overridden?: readonly string[];
}

const decided = (subjects: readonly Subject[], kind: Subject['kind']) =>
  subjects
    .filter((subject) => subject.kind === kind)
    .map(({ id, version }) => ({ id, ...(version === undefined ? {} : { version }) }));

/** The inbox without those who are decided, until the backend sends it again. */
const withoutDecided = (inbox: Inbox, done: ReadonlySet<string>): Inbox => ({
  ...inbox,
  users: inbox.users.filter(({ id }) => !done.has(`user-${id}`)),
  clients: inbox.clients.filter(({ id }) => !done.has(`client-${id}`)),
});

/** Decides over any number of users and sites in one call; the response tells each one's outcome. */
export const useDecide = () => {
  const cache = useQueryClient();
  return useReportedMutation({
    mutationFn: async ({ decision, subjects, reason = '', revoke, overridden = [] }: DecisionOn) => {
      const users = decided(subjects, 'user');
      const clients = decided(subjects, 'client');
      const body = {
        decision,
        ...(reason === '' ? {} : { reason }),
        ...(revoke === undefined ? {} : { revoke }),
        ...(overridden.length > 0 ? { override_objections: [...overridden] } : {}),
        ...(users.length > 0 ? { users } : {}),
        ...(clients.length > 0 ? { clients } : {}),
      };
      return (await responseOf(api.POST('/api/v1/approvals', { body }))).results;
    },
    onSuccess: (results) => {
      const done = new Set(results.filter((result) => result.done).map(({ kind, id }) => `${kind}-${id}`));
      cache.setQueryData(inboxQuery.queryKey, (inbox) => inbox && withoutDecided(inbox, done));
    },
    // Not awaited: what was decided is said at once, however long the lists take.
    onSettled: () => {
      void cache.invalidateQueries();
    },
  });
};
