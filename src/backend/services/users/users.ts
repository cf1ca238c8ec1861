import type { z } from 'zod';
import type { UsersQuery } from '../../../contract/api/response.ts';
import type { UserView } from '../../../contract/api/user.ts';
import { APPROVED, approvalOf, PENDING } from '../../../contract/approval.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser, isAllowed, type Operation, type Relation } from '../../auth/authorization.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Requester, Principal } from '../../auth/principal.ts';
import type { ServerConfig } from '../../context/config.ts';
import { adminsWithPassword } from '../single-sign-on/break-glass.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { dropOrphanedRequests } from '../../store/certificate-requests.ts';
import { dropStates } from '../../store/earlier-states.ts';
import { deleteIdentitiesOf } from '../../store/identities.ts';
import { deleteRequestMessagesOf } from '../../store/request-messages.ts';
import { deleteFactorsOf } from '../../store/second-factors.ts';
import { deleteSavedViewsOf } from '../../store/saved-views.ts';
import { deleteAccessTokensOf } from '../../store/access-tokens.ts';
import { deleteObjectionsTo } from '../../store/objections.ts';
import { deleteLinksOf } from '../../store/one-time-links.ts';
import { countSitesOf, deletePendingSitesOf } from '../../store/sites-of-user.ts';
import {
  countProjectAdmins,
  countUsers,
  deleteUser,
  isUserSort,
  listUsers,
  userById,
  type ListedUser,
  type UserRow,
} from '../../store/users.ts';
import { listOrder, listReader, PAGE_ROWS } from '../list-order.ts';
import { requireSeen, seenUser, type SeenVersions } from '../approvals/seen-version.ts';
import { withObjections } from './standing-objections.ts';
import { userView } from './user-view.ts';

/** Returns how a user stands to an account. */
export const relationToUser = (
  principal: Principal,
  user: Pick<UserRow, 'id' | 'organization'>,
): Relation => {
  if (principal.id === user.id) {
    return 'own';
  }
  return principal.organization !== '' && principal.organization === user.organization
    ? 'organization'
    : 'foreign';
};

/**
 * The account, if the requester may do that with it. Who may not, does not learn whether it exists.
 *
 * @throws ApiError `unauthenticated`, `not_approved`, `unauthorized`, `not_found`
 */
export const userFor = async (
  db: Reader | Trx,
  requester: Requester,
  operation: Operation,
  id: number,
): Promise<{ readonly principal: Principal; readonly user: UserRow }> => {
  const user = await userById(db, id);
  if (requester.principal === undefined || user === undefined) {
    authorizeUser(requester.principal, operation, 'foreign');
    throw new ApiError('not_found', 'There is no such user.');
  }
  const principal = authorizeUser(requester.principal, operation, relationToUser(requester.principal, user));
  return { principal, user };
};

const listedView = (row: ListedUser): UserView => ({
  ...userView(row),
  second_factor: row.passkey !== null || (row.factor_since !== null && row.factor_since !== ''),
});

/**
 * Returns a page of the users the requester may see: all for the project admin, those of the own organization for
 * others.
 */
export const findUsers = async (
  context: ServiceContext,
  requester: Requester,
  query: z.infer<typeof UsersQuery>,
): Promise<{ readonly users: UserView[]; readonly total: number }> => {
  const principal = authorizeUser(requester.principal, 'users.list', 'organization');
  const all = isAllowed(principal, 'users.list', 'foreign');
  const { organization = principal.organization } = query;
  if (!all && organization !== principal.organization) {
    return { users: [], total: 0 };
  }
  const filter = {
    organization: all ? query.organization : organization,
    // Whom the project admin denied, and why, is nobody else's to read.
    approvalFrom: all ? undefined : PENDING,
    approval: query.approval,
    role: query.role,
    q: query.q,
  };
  const order = listOrder(query.sort, isUserSort, 'id');
  const reader = listReader(context.db, query.q);
  const rows = await listUsers(reader, filter, {
    ...order,
    offset: query.offset ?? 0,
    limit: query.limit ?? PAGE_ROWS,
  });
  return {
    users: await withObjections(
      context.db.reader,
      principal,
      rows.map((row) => (all ? listedView(row) : { ...userView(row), approval_reason: '' })),
    ),
    total: await countUsers(reader, filter),
  };
};

export const readUser = async (
  context: ServiceContext,
  requester: Requester,
  id: number,
): Promise<UserView> => {
  const { principal, user } = await userFor(context.db.reader, requester, 'users.read', id);
  const [view] = await withObjections(context.db.reader, principal, [userView(user)]);
  return view ?? userView(user);
};

/**
 * @param config with local passwords off, one of them must be left for the day on which the provider is down
 * @throws ApiError `last_admin` when without this user no project admin could act any more
 */
export const keepOneAdmin = async (
  trx: Trx,
  user: UserRow,
  { localPasswords }: Pick<ServerConfig, 'localPasswords'>,
): Promise<void> => {
  if (user.role !== 'project_admin' || approvalOf(user.approval_state) !== 'approved') {
    return;
  }
  if ((await countProjectAdmins(trx, APPROVED)) <= 1) {
    throw new ApiError('last_admin', 'This is the last project admin; make another one first.');
  }
  if (localPasswords !== false || user.password_hash === '') {
    return;
  }
  if ((await adminsWithPassword(trx)).every(({ id }) => id === user.id)) {
    throw new ApiError(
      'last_admin',
      'This is the last project admin with a password, which must be left while local passwords are off; give another one a password first.',
    );
  }
};

/**
 * Deletes an account with its sessions and the sites it registered that nobody has approved.
 *
 * @throws ApiError `last_admin`, `conflicting` while approved sites are the user's, `changed`, and as userFor
 */
export const removeUser = async (
  context: ServiceContext,
  requester: Requester,
  id: number,
  version?: SeenVersions,
): Promise<void> =>
  change(context, requester, async (trx, audit) => {
    const { principal, user } = await userFor(trx, requester, 'users.delete', id);
    requirePresence(principal, context.now(), PRESENCE_MS);
    await requireSeen(trx, version, seenUser(user));
    await keepOneAdmin(trx, user, context.config);
    if ((await countSitesOf(trx, id, APPROVED)) > 0) {
      throw new ApiError(
        'conflicting',
        'Approved sites belong to this user; hand them over or delete them first.',
        { fields: [{ path: 'sites', code: 'owns_sites', message: 'are approved and belong to this user' }] },
      );
    }
    await deletePendingSitesOf(trx, id);
    await deleteAccessTokensOf(trx, id);
    await deleteLinksOf(trx, id);
    await deleteFactorsOf(trx, id);
    await deleteSavedViewsOf(trx, id);
    await deleteRequestMessagesOf(trx, id);
    await deleteIdentitiesOf(trx, id);
    await deleteObjectionsTo(trx, id);
    await deleteUser(trx, id);
    await dropOrphanedRequests(trx);
    await dropStates(trx, seenUser(user).subject);
    await audit('user.delete', `user:${user.email}`, { role: user.role, organization: user.organization });
  });
