import { approvalOf } from '../../../contract/approval.ts';
import { ApiError } from '../../../contract/errors.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import { authorize } from '../../auth/authorization.ts';
import { passwordProblems } from '../../auth/password-rule.ts';
import type { Requester } from '../../auth/principal.ts';
import { queueShare } from '../../auth/queue-share.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { deleteAccessTokensOf } from '../../store/access-tokens.ts';
import { deleteLinksOf } from '../../store/one-time-links.ts';
import { readProject } from '../../store/project.ts';
import { deleteSessionsOf } from '../../store/sessions.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { PASSWORD_CHANGE, updateUser } from '../../store/users.ts';
import { generateLink, type OneTimeLink } from '../mail/links.ts';
import { closeLink, openLink } from '../mail/use-link.ts';
import { hasMail, queueMail } from '../outbox/queue-mail.ts';
import { refuseFields } from '../users/user-fields.ts';
import { userFor } from '../users/users.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Time within which an e-mail with a link must be sent: after that nobody waits for it any more. */
const MAIL_MS = HOUR_MS / 2;
const HANDED_OVER_MS = 24 * HOUR_MS;

/**
 * Asks for an e-mail with a link to choose a new password. Whether there is such an account is looked up when the
 * e-mail is written, so that neither response nor time tells.
 *
 * @throws ApiError `invalid` for what is no e-mail address, `conflicting` without a mail server, `too_many_requests`
 */
export const forgetPassword = async (
  context: ServiceContext,
  requester: Requester,
  email: string,
): Promise<void> => {
  authorize(requester.principal, 'password.forget');
  if (!hasMail(context)) {
    throw new ApiError('conflicting', 'No e-mails are sent here: ask the project admin for a link.');
  }
  context.forgotten.count(email, requester.address);
  await change(context, { ...requester, principal: undefined }, async (trx, audit) => {
    await queueMail(context, trx, email, { event: 'password_reset' }, { ttlMs: MAIL_MS });
    await audit('user.forget_password', `user:${email}`);
  });
};

/**
 * Sets the password of whoever holds the link, which ends all sessions, access tokens and other links of the account.
 *
 * @throws ApiError `invalid` for a link that is not valid any more, or a password that breaks the rule; `unavailable`
 */
export const resetPassword = async (
  context: ServiceContext,
  requester: Requester,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<void> => {
  authorize(requester.principal, 'password.reset');
  const user = await openLink(context.db.reader, token, 'password', context.now());
  const project = await readProject(context.db.reader);
  refuseFields(await passwordProblems(password, { ...user, project }, context.passwords));
  const hash = await context.passwords.hash(queueShare(requester), password);
  await change(context, { ...requester, principal: undefined }, async (trx, audit) => {
    const now = context.now();
    const { id, email } = await closeLink(trx, token, 'password', now);
    await updateUser(trx, id, {
      password_hash: hash,
      must_change_password: PASSWORD_CHANGE.none,
      updated_at: toTimestamp(now),
    });
    await deleteSessionsOf(trx, id);
    await deleteAccessTokensOf(trx, id);
    await deleteLinksOf(trx, id, 'password');
    await audit('user.choose_password', `user:${email}`);
  });
};

/**
 * Generates a link with which somebody chooses a new password, for the project admin to hand over.
 *
 * @throws ApiError `confirmation_required`, `conflicting` for a denied account, and as userFor
 */
export const createPasswordLink = async (
  context: ServiceContext,
  requester: Requester,
  id: number,
): Promise<OneTimeLink> =>
  change(context, requester, async (trx, audit) => {
    const { principal, user } = await userFor(trx, requester, 'users.password_link', id);
    requirePresence(principal, context.now(), PRESENCE_MS);
    if (approvalOf(user.approval_state) === 'denied') {
      throw new ApiError('conflicting', 'This account is denied: nobody can log in with it.');
    }
    const link = await generateLink(trx, user, 'password', { now: context.now(), ttlMs: HANDED_OVER_MS });
    await audit('user.password_link', `user:${user.email}`);
    return link;
  });
