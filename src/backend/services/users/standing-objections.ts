import type { UserView } from '../../../contract/api/user.ts';
import { approvalOf } from '../../../contract/approval.ts';
import { ApiError } from '../../../contract/errors.ts';
import { isAllowed } from '../../auth/authorization.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { deleteObjectionsTo, objectionsTo } from '../../store/objections.ts';
import { toHttpDate } from '../../store/timestamp.ts';
import type { UserRow } from '../../store/users.ts';

/** Adds what the organization's admins have against requests that wait, for those who decide or object. */
export const withObjections = async (
  db: Reader,
  principal: Principal,
  views: readonly UserView[],
): Promise<UserView[]> => {
  const sees =
    isAllowed(principal, 'users.administer', 'foreign') ||
    isAllowed(principal, 'users.object', 'organization');
  const undecided = views.filter((view) => sees && approvalOf(view.approval_state) !== 'approved');
  const rows = await objectionsTo(
    db,
    undecided.map(({ id }) => id),
  );
  return views.map((view) => {
    const objections = rows.filter(
      (row) => row.user_id === view.id && row.organization === view.organization,
    );
    return objections.length === 0
      ? view
      : {
          ...view,
          objections: objections.map(({ objector, reason, created_at }) => ({
            by: objector,
            reason,
            at: toHttpDate(created_at),
          })),
        };
  });
};

/**
 * Drops the objections to somebody who is approved now.
 *
 * @param overridden e-mails of those whose objections the project admin has seen
 * @returns e-mails of those whose objections were overridden
 * @throws ApiError `conflicting` while there is an objection that the project admin does not name
 */
export const overrideObjections = async (
  trx: Trx,
  user: Pick<UserRow, 'id' | 'organization'>,
  overridden: readonly string[],
): Promise<readonly string[]> => {
  const rows = await objectionsTo(trx, [user.id]);
  const standing = rows.filter(({ organization }) => organization === user.organization);
  const unseen = standing.find(({ objector }) => !overridden.includes(objector));
  if (unseen !== undefined) {
    throw new ApiError(
      'conflicting',
      `${unseen.objector} of ${unseen.organization} objects to this request; override_objections approves it all the same.`,
      {
        fields: [
          { path: 'approval_state', code: 'objected', message: `is objected to by ${unseen.objector}` },
        ],
      },
    );
  }
  await deleteObjectionsTo(trx, user.id);
  return standing.map(({ objector }) => objector);
};
