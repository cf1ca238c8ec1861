import { approvalOf } from '../../../contract/approval.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { userByEmail } from '../../store/users.ts';

/** Returns the id of an approved org admin of the organization, who alone can own its sites; undefined for others. */
export const siteOwnerId = async (
  db: Reader | Trx,
  email: string,
  organization: string,
): Promise<number | undefined> => {
  const user = await userByEmail(db, email);
  const suitable =
    user?.role === 'org_admin' &&
    user.organization === organization &&
    approvalOf(user.approval_state) === 'approved';
  return suitable ? user.id : undefined;
};
