import { ApiError } from '../../../contract/errors.ts';
import { authorize, authorizeUser } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { fromTimestamp, toTimestamp } from '../../store/timestamp.ts';
import { updateUser, userById } from '../../store/users.ts';
import { hasMail, queueMail } from '../outbox/queue-mail.ts';
import { closeLink } from './use-link.ts';

const AGAIN_MS = 60_000;

/** Notes that whoever holds the link reads the account's e-mails. @throws ApiError `invalid` */
export const confirmEmail = async (
  context: ServiceContext,
  requester: Requester,
  token: string,
): Promise<void> => {
  authorize(requester.principal, 'email.confirm');
  await change(context, { ...requester, principal: undefined }, async (trx, audit) => {
    const now = context.now();
    const { id, email } = await closeLink(trx, token, 'email', now);
    await updateUser(trx, id, { email_confirmed_at: toTimestamp(now) });
    await audit('user.confirm_email', `user:${email}`);
  });
};

/**
 * Sends the link that confirms one's own e-mail address once more.
 *
 * @throws ApiError `conflicting` without a mail server or for a confirmed address, `too_many_requests`
 */
export const askToConfirm = async (context: ServiceContext, requester: Requester): Promise<void> => {
  const principal = authorizeUser(requester.principal, 'email.ask');
  if (!hasMail(context)) {
    throw new ApiError('conflicting', 'No e-mails are sent here.');
  }
  await change(context, requester, async (trx, audit) => {
    const now = context.now();
    const user = await userById(trx, principal.id);
    if (user === undefined || user.email_confirmed_at !== '') {
      throw new ApiError('conflicting', 'The e-mail address is confirmed already.');
    }
    const leftMs = fromTimestamp(user.email_asked_at).getTime() + AGAIN_MS - now.getTime();
    if (leftMs > 0) {
      const retryAfter = Math.ceil(leftMs / 1000);
      throw new ApiError('too_many_requests', `Try again in ${retryAfter} seconds.`, { retryAfter });
    }
    await updateUser(trx, user.id, { email_asked_at: toTimestamp(now) });
    await queueMail(context, trx, user.email, { event: 'email_confirmation' });
    await audit('user.ask_to_confirm', `user:${user.email}`);
  });
};
