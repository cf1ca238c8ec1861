import { approvalOf } from '../../../contract/approval.ts';
import { ApiError } from '../../../contract/errors.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { deleteObjection, putObjection } from '../../store/objections.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { userFor } from './users.ts';

/**
 * Objects to somebody's request to join the requester's organization; again, it replaces the reason.
 *
 * @throws ApiError `conflicting` when the request is decided on, `invalid`, and as userFor
 */
export const objectTo = async (
  context: ServiceContext,
  requester: Requester,
  id: number,
  reason: string,
): Promise<void> => {
  await change(context, requester, async (trx, audit) => {
    const { principal, user } = await userFor(trx, requester, 'users.object', id);
    if (approvalOf(user.approval_state) !== 'pending') {
      throw new ApiError('conflicting', 'The request is decided on; ask the project admin.');
    }
    await putObjection(trx, {
      user_id: id,
      objector_id: principal.id,
      objector: principal.email,
      organization: user.organization,
      reason,
      created_at: toTimestamp(context.now()),
    });
    await audit('user.object', `user:${user.email}`, { organization: user.organization, reason });
  });
};

/** Withdraws the requester's objection. @throws ApiError `not_found`, and as userFor */
export const withdrawObjection = async (
  context: ServiceContext,
  requester: Requester,
  id: number,
): Promise<void> =>
  change(context, requester, async (trx, audit) => {
    const { principal, user } = await userFor(trx, requester, 'users.object', id);
    if (!(await deleteObjection(trx, id, principal.id))) {
      throw new ApiError('not_found', 'There is no such objection.');
    }
    await audit('user.withdraw_objection', `user:${user.email}`, { organization: user.organization });
  });
