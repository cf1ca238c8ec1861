import type { Inbox } from '../../api/views.ts';
import { siteSubject, userSubject, type Subject } from '../approvals/subject.ts';

/** A request that waits, with what one needs to know to decide on it. */
export interface Request extends Subject {
  readonly title: string;
  readonly organization: string;
  readonly role: string;
  readonly gpus: number;
  readonly since: string;
  /** Why it was denied before; empty when it was not. */
  readonly reason: string;
  /** Nobody has opened the link that was sent to the account's e-mail address. */
  readonly unconfirmed: boolean;
  /** Organizations whose names look like this one's. */
  readonly similar: readonly string[];
}

/** All requests of the inbox, the oldest first. */
export const requestsOf = (inbox: Inbox): readonly Request[] => {
  const similar = new Map(inbox.similar_organizations.map((found) => [found.organization, found.similar]));
  return [
    ...inbox.users.map((user) => ({
      ...userSubject(user),
      title: user.name,
      organization: user.organization,
      role: user.role,
      gpus: 0,
      since: user.created_at,
      reason: user.approval_reason,
      unconfirmed: user.email_state === 'unconfirmed',
      similar: similar.get(user.organization) ?? [],
    })),
    ...inbox.clients.map((site) => ({
      ...siteSubject(site),
      title: site.name,
      organization: site.organization,
      role: '',
      gpus: site.capacity.num_of_gpus,
      since: site.created_at,
      reason: site.approval_reason,
      unconfirmed: false,
      similar: similar.get(site.organization) ?? [],
    })),
  ].sort((one, other) => Date.parse(one.since) - Date.parse(other.since));
};
