import { APPROVED, PENDING } from '../../contract/approval.ts';
import type { Reader } from './database.ts';
import type { UserRow } from './users.ts';

/** A page of the users that wait for a decision, oldest first. */
export const pendingUsers = (
  db: Reader,
  page: { readonly offset: number; readonly limit: number },
): Promise<UserRow[]> =>
  db
    .selectFrom('user')
    .innerJoin('role', 'role.id', 'user.role_id')
    .innerJoin('organization', 'organization.id', 'user.organization_id')
    .where('user.approval_state', '>=', PENDING)
    .where('user.approval_state', '<', APPROVED)
    .selectAll('user')
    .select(['role.name as role', 'organization.name as organization'])
    .orderBy('user.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
