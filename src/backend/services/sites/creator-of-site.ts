import { APPROVED } from '../../../contract/approval.ts';
import { ApiError } from '../../../contract/errors.ts';
import { NOBODY } from '../../auth/project-token.ts';
import type { Trx } from '../../store/database.ts';
import { usersOfRole } from '../../store/users.ts';

/**
 * Returns whose a new site is: the requester's, or the first project admin's where a token of the project registers it.
 *
 * @throws ApiError `conflicting` where there is no project admin
 */
export const creatorOfSite = async (trx: Trx, requesterId: number): Promise<number> => {
  if (requesterId !== NOBODY) {
    return requesterId;
  }
  const admins = await usersOfRole(trx, 'project_admin');
  const first = admins.find(({ approval_state: state }) => state >= APPROVED);
  if (first === undefined) {
    throw new ApiError('conflicting', 'There is no project admin whom the site could belong to.');
  }
  return first.id;
};
