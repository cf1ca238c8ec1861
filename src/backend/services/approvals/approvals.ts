import type { z } from 'zod';
import { approvalOf, APPROVED, DENIED, PENDING } from '../../../contract/approval.ts';
import type {
  ApprovalOutcome,
  ApprovalsRequest,
  InboxQuery,
  InboxResponse,
} from '../../../contract/api/approvals.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { requireCurrent } from '../../auth/current-requester.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { Principal, Requester } from '../../auth/principal.ts';
import { pendingClients } from '../../store/site-list.ts';
import { clientById } from '../../store/sites.ts';
import { countPendingIn } from '../../store/pending-counts.ts';
import { pendingUsers } from '../../store/pending-users.ts';
import { userById } from '../../store/users.ts';
import { patchClient } from '../sites/change-site.ts';
import { changeUser } from '../users/change-user.ts';
import { clientView } from '../sites/site-view.ts';
import { deleteClient } from '../sites/sites.ts';
import { PAGE_ROWS } from '../list-order.ts';
import { userView } from '../users/user-view.ts';
import { removeUser } from '../users/users.ts';

type Outcome = z.infer<typeof ApprovalOutcome>;
type Kind = Outcome['kind'];

const STATES = { approve: APPROVED, deny: DENIED, pending: PENDING } as const;

const nameOf = async (context: ServiceContext, kind: Kind, id: number): Promise<string> => {
  const db = context.db.reader;
  return kind === 'user' ? ((await userById(db, id))?.email ?? '') : ((await clientById(db, id))?.name ?? '');
};

const decide = async (
  context: ServiceContext,
  requester: Requester,
  kind: Kind,
  id: number,
  { decision, reason }: ApprovalsRequest,
): Promise<void> => {
  if (decision === 'delete') {
    await (kind === 'user' ? removeUser(context, requester, id) : deleteClient(context, requester, id));
    return;
  }
  const patch = { approval_state: STATES[decision], approval_reason: reason ?? '' };
  await (kind === 'user'
    ? changeUser(context, requester, id, patch)
    : patchClient(context, requester, id, patch));
};

/** Asks for the password once before the first item, so that no item fails for the lack of it. */
const requirePresenceFor = async (
  context: ServiceContext,
  principal: Principal,
  decision: ApprovalsRequest['decision'],
  users: readonly number[],
): Promise<void> => {
  const affected = [];
  if (decision === 'delete' || decision === 'approve') {
    for (const id of users) affected.push(await userById(context.db.reader, id));
  }
  const makesAdmin = affected.some(
    (user) => user?.role === 'project_admin' && approvalOf(user.approval_state) !== 'approved',
  );
  const deletes = decision === 'delete' && affected.some((user) => user !== undefined);
  if (makesAdmin || deletes) requirePresence(principal, context.now(), PRESENCE_MS);
};

/**
 * Decides over many users and sites at once, each in a transaction of its own: what fails says why, the others
 * are done all the same. Users come before sites, so that an org admin stands before the own sites do.
 *
 * @throws ApiError `unauthorized` and `confirmation_required` before anything is done, and as {@link requireCurrent} when the requester loses
 *   session or rights on the way: what was decided so far stays, nothing more is
 */
export const decideApprovals = async (
  context: ServiceContext,
  requester: Requester,
  request: ApprovalsRequest,
): Promise<Outcome[]> => {
  const principal = authorizeUser(requester.principal, 'approvals.decide');
  const users = [...new Set(request.users)].map((id) => ({ kind: 'user' as const, id }));
  const clients = [...new Set(request.clients)].map((id) => ({ kind: 'client' as const, id }));
  await requirePresenceFor(context, principal, request.decision, request.users ?? []);
  const results: Outcome[] = [];
  for (const { kind, id } of [...users, ...clients]) {
    const name = await nameOf(context, kind, id);
    try {
      await decide(context, requester, kind, id, request);
      results.push({ kind, id, name, done: true });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      await requireCurrent(context.db.reader, requester, context.now());
      const { code, message, fields } = error;
      results.push({
        kind,
        id,
        name,
        done: false,
        code,
        message,
        ...(fields ? { fields: [...fields] } : {}),
      });
    }
  }
  return results;
};

/** A page of the users and sites that wait for a decision, oldest first, and how many there are. */
export const readInbox = async (
  context: ServiceContext,
  requester: Requester,
  query: z.infer<typeof InboxQuery>,
): Promise<Omit<z.infer<typeof InboxResponse>, 'status'>> => {
  const principal = authorizeUser(requester.principal, 'inbox.read');
  const db = context.db.reader;
  const page = { offset: query.offset ?? 0, limit: query.limit ?? PAGE_ROWS };
  const users = await pendingUsers(db, page);
  const clients = await pendingClients(db, page);
  return {
    users: users.map(userView),
    clients: clients.flatMap((site) => clientView(principal, site) ?? []),
    total_users: await countPendingIn(db, 'user'),
    total_clients: await countPendingIn(db, 'client'),
  };
};
