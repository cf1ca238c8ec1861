import { ApprovalsResponse } from '../../contract/api/approvals.ts';
import { ClientsResponse, type ClientView } from '../../contract/api/client.ts';
import { UsersResponse, type UserView } from '../../contract/api/user.ts';
import { approvalOf } from '../../contract/approval.ts';
import type { Report } from '../output/output.ts';
import type { ApiClient } from './api-client.ts';
import { REMOTE_ERRORS } from './remote-errors.ts';

export const listUsers = async (api: ApiClient): Promise<readonly UserView[]> =>
  (await api.call(UsersResponse, { path: '/users' })).user_list;

export const listSites = async (api: ApiClient): Promise<readonly ClientView[]> =>
  (await api.call(ClientsResponse, { path: '/clients' })).client_list;

/** Name that people use: a user's e-mail, a site's name. */
export const nameOf = (participant: UserView | ClientView): string =>
  'email' in participant ? participant.email : participant.name;

const isNamed = (participant: UserView | ClientView, name: string): boolean =>
  nameOf(participant).toLowerCase() === name.toLowerCase();

/** Finds each name among the participants, in any case of its letters. @throws CliError `not_found` */
export const findAll = <T extends UserView | ClientView>(
  participants: readonly T[],
  names: readonly string[],
  kind: 'user' | 'site',
): readonly T[] => {
  const unknown = names.filter((name) => !participants.some((one) => isNamed(one, name)));
  if (unknown.length > 0) {
    throw REMOTE_ERRORS.notFound({
      what: `There is no ${kind} ${unknown.join(', ')}.`,
      advice: `See \`dashboard ${kind}s list\`.`,
    });
  }
  return names.flatMap((name) => participants.filter((one) => isNamed(one, name)));
};

/** Somebody to decide about, as they were seen: nothing is decided about what has changed since. */
export interface Seen {
  readonly id: number;
  /** Undefined: whatever has changed; refused with an approval. */
  readonly version?: string | undefined;
}

export interface DecisionRequest {
  readonly decision: 'approve' | 'deny' | 'pending';
  readonly users?: readonly Seen[];
  readonly sites?: readonly Seen[];
  /** Shown to those who are denied. */
  readonly reason?: string | undefined;
}

const DONE = { approve: 'Approved', deny: 'Denied', pending: 'Reopened' } as const;

/** Decides on users and sites; the report names each outcome, and its exit code is 1 where one failed. */
export const decide = async (
  api: ApiClient,
  { decision, users = [], sites = [], reason }: DecisionRequest,
): Promise<Report> => {
  const { results } = await api.call(ApprovalsResponse, {
    method: 'POST',
    path: '/approvals',
    body: {
      decision,
      users: users.map(({ id, version }) => ({ id, version })),
      clients: sites.map(({ id, version }) => ({ id, version })),
      ...(reason === undefined ? {} : { reason }),
    },
  });
  const isDone = results.every(({ done }) => done);
  return {
    data: { state: isDone ? 'decided' : 'partly decided', results },
    lines: results.map(({ name, done, message }) =>
      done ? `${DONE[decision]}: ${name}` : `Not ${DONE[decision].toLowerCase()}: ${name} – ${message ?? ''}`,
    ),
    ...(isDone ? {} : { exitCode: 1 }),
  };
};

export const stateOf = (participant: UserView | ClientView): string => approvalOf(participant.approval_state);
