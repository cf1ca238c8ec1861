import type { Reader } from './database.ts';
import type { UserRow } from './users.ts';

/** All users that wait for a decision, oldest first; those between `pendingFrom` and below `approvedFrom`. */
export const pendingUsers = (db: Reader, pendingFrom: number, approvedFrom: number): Promise<UserRow[]> =>
  db
    .selectFrom('user')
    .innerJoin('role', 'role.id', 'user.role_id')
    .innerJoin('organization', 'organization.id', 'user.organization_id')
    .where('user.approval_state', '>=', pendingFrom)
    .where('user.approval_state', '<', approvedFrom)
    .selectAll('user')
    .select(['role.name as role', 'organization.name as organization'])
    .orderBy('user.id')
    .execute();
