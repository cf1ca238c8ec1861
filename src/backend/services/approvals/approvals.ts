import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import { approvalOf, APPROVED, DENIED, PENDING } from '../../../contract/approval.ts';
import type {
  ApprovalOutcome,
  ApprovalsRequest,
  InboxQuery,
  InboxResponse,
} from '../../../contract/api/approvals.ts';
import { ApiError } from '../../../contract/errors.ts';
import { skeletonOf } from '../../../contract/similar-names.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { requireCurrent } from '../../auth/current-requester.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { Principal, Requester } from '../../auth/principal.ts';
import { pendingClients } from '../../store/site-list.ts';
import { clientById } from '../../store/sites.ts';
import type { Reader } from '../../store/database.ts';
import { organizationNames } from '../../store/organizations.ts';
import { countPendingIn } from '../../store/pending-counts.ts';
import { pendingUsers } from '../../store/pending-users.ts';
import { userById } from '../../store/users.ts';
import { revokeHolder } from '../certificates/revoke.ts';
import { holderOf } from '../names/claimant.ts';
import { patchClient } from '../sites/change-site.ts';
import { changeUser } from '../users/change-user.ts';
import { clientView } from '../sites/site-view.ts';
import { deleteClient } from '../sites/sites.ts';
import { PAGE_ROWS } from '../list-order.ts';
import { withObjections } from '../users/standing-objections.ts';
import { userView } from '../users/user-view.ts';
import { removeUser } from '../users/users.ts';

type Outcome = z.infer<typeof ApprovalOutcome>;
type Kind = Outcome['kind'];

const STATES = { approve: APPROVED, deny: DENIED, pending: PENDING } as const;

/** The name and who that is in the ledger's eyes; empty when there is no such user or site. */
const subjectOf = async (
  context: ServiceContext,
  kind: Kind,
  id: number,
): Promise<{ readonly name: string; readonly holder: string }> => {
  const db = context.db.reader;
  if (kind === 'user') {
    const user = await userById(db, id);
    return { name: user?.email ?? '', holder: user === undefined ? '' : holderOf('user', user) };
  }
  const site = await clientById(db, id);
  return { name: site?.name ?? '', holder: site === undefined ? '' : holderOf('client', site) };
};

interface Decided {
  readonly id: number;
  readonly version?: string | undefined;
}

/** Names each account or site once. */
const decidedOnce = (named: ApprovalsRequest['users'] = []): readonly Decided[] => [
  ...new Map(
    named.map((one) => (typeof one === 'number' ? { id: one } : one)).map((one) => [one.id, one]),
  ).values(),
];

/** Decides on one; returns its version afterwards, undefined for a deleted one. */
const decide = async (
  context: ServiceContext,
  requester: Requester,
  kind: Kind,
  { id, version }: Decided,
  { decision, reason, override_objections }: ApprovalsRequest,
): Promise<string | undefined> => {
  if (decision === 'delete') {
    const remove = kind === 'user' ? removeUser : deleteClient;
    await remove(context, requester, id, version);
    return undefined;
  }
  const patch = { approval_state: STATES[decision], approval_reason: reason ?? '', version };
  const view = await (kind === 'user'
    ? changeUser(context, requester, id, { ...patch, override_objections })
    : patchClient(context, requester, id, patch));
  return view.version;
};

/** Asks for the password once before the first item, so that no item fails for the lack of it. */
const requirePresenceFor = async (
  context: ServiceContext,
  principal: Principal,
  { decision, revoke }: ApprovalsRequest,
  users: readonly Decided[],
): Promise<void> => {
  const affected = [];
  if (decision === 'delete' || decision === 'approve') {
    for (const { id } of users) {
      affected.push(await userById(context.db.reader, id));
    }
  }
  const makesAdmin = affected.some(
    (user) => user?.role === 'project_admin' && approvalOf(user.approval_state) !== 'approved',
  );
  const deletes = decision === 'delete' && affected.some((user) => user !== undefined);
  if (makesAdmin || deletes || revoke !== undefined) {
    requirePresence(principal, context.now(), PRESENCE_MS);
  }
};

/**
 * Decides over many users and sites at once, each in a transaction of its own: what fails says why, the others
 * are done all the same. Users come before sites, so that an org admin stands before the own sites do.
 *
 * @throws ApiError `unauthorized` and `confirmation_required` before anything is done, and as {@link requireCurrent}
 *   when the requester loses session or rights on the way: what was decided so far stays, nothing more is
 */
export const decideApprovals = async (
  context: ServiceContext,
  requester: Requester,
  request: ApprovalsRequest,
): Promise<Outcome[]> => {
  const principal = authorizeUser(requester.principal, 'approvals.decide');
  const users = decidedOnce(request.users).map((one) => ({ kind: 'user' as const, ...one }));
  const clients = decidedOnce(request.clients).map((one) => ({ kind: 'client' as const, ...one }));
  await requirePresenceFor(context, principal, request, users);
  const results: Outcome[] = [];
  for (const { kind, ...decided } of [...users, ...clients]) {
    const { id } = decided;
    const { name, holder } = await subjectOf(context, kind, id);
    try {
      const version = await decide(context, requester, kind, decided, request);
      if (request.revoke !== undefined && (request.decision === 'deny' || request.decision === 'delete')) {
        await revokeHolder(context, requester, holder, request.revoke);
      }
      results.push({ kind, id, name, done: true, ...(version === undefined ? {} : { version }) });
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      await requireCurrent(context.db.reader, requester, context.now());
      const { code, message, fields, changes } = error;
      results.push({
        kind,
        id,
        name,
        done: false,
        code,
        message,
        ...(fields ? { fields: [...fields] } : {}),
        ...(changes ? { changes: [...changes] } : {}),
      });
    }
  }
  return results;
};

/** More organizations than any project has; the rest is not compared. */
const MAX_COMPARED = 5000;

const similarOrganizations = async (
  db: Reader,
  rows: readonly { readonly organization: string }[],
): Promise<z.infer<typeof InboxResponse>['similar_organizations']> => {
  if (rows.length === 0) {
    return [];
  }
  const names = await organizationNames(db, { q: '', offset: 0, limit: MAX_COMPARED });
  // Thousands of names take a few milliseconds: others come first.
  await nextTurn();
  const lookalikes = new Map<string, string[]>();
  for (const name of names) {
    const skeleton = skeletonOf(name);
    lookalikes.set(skeleton, [...(lookalikes.get(skeleton) ?? []), name]);
  }
  return [...new Set(rows.map((row) => row.organization))].flatMap((organization) => {
    const alike = organization === '' ? [] : (lookalikes.get(skeletonOf(organization)) ?? []);
    const similar = alike.filter((name) => name !== organization);
    return similar.length === 0 ? [] : [{ organization, similar }];
  });
};

/** A page of the users and sites that wait for a decision, oldest first, and how many there are. */
export const readInbox = async (
  context: ServiceContext,
  requester: Requester,
  query: z.infer<typeof InboxQuery>,
): Promise<Omit<z.infer<typeof InboxResponse>, 'status'>> => {
  const principal = authorizeUser(requester.principal, 'inbox.read');
  const db = context.db.searcher();
  const page = { offset: query.offset ?? 0, limit: query.limit ?? PAGE_ROWS };
  const users = await pendingUsers(db, page);
  const clients = await pendingClients(db, page);
  return {
    users: await withObjections(db, principal, users.map(userView)),
    clients: clients.flatMap((site) => clientView(principal, site) ?? []),
    total_users: await countPendingIn(db, 'user'),
    total_clients: await countPendingIn(db, 'client'),
    similar_organizations: await similarOrganizations(db, [...users, ...clients]),
  };
};
