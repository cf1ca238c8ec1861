import { APPROVED } from '../../../contract/approval.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { usersOfRole, type UserRow } from '../../store/users.ts';

/** Lists the approved project admins who have a password, the first account first. */
export const adminsWithPassword = async (db: Reader | Trx): Promise<readonly UserRow[]> =>
  (await usersOfRole(db, 'project_admin')).filter(
    ({ approval_state: state, password_hash: hash }) => state >= APPROVED && hash !== '',
  );
