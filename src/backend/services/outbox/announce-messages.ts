import { approvalOf } from '../../../contract/approval.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { Trx } from '../../store/database.ts';
import { usersOfRole } from '../../store/users.ts';
import { queueMail } from './queue-mail.ts';

type Announcer = Pick<ServiceContext, 'config' | 'now'>;

/** Sends a project admin's question to the person whose request waits. */
export const announceQuestion = (context: Announcer, trx: Trx, to: string, text: string): Promise<void> =>
  queueMail(context, trx, to, { event: 'request_question', text });

/** Tells project admins what somebody wrote whose request waits. */
export const announceMessage = async (
  context: Announcer,
  trx: Trx,
  message: { readonly name: string; readonly text: string; readonly again: boolean },
): Promise<void> => {
  for (const { email, approval_state: state } of await usersOfRole(trx, 'project_admin')) {
    if (approvalOf(state) === 'approved') {
      await queueMail(context, trx, email, { event: 'request_message', ...message });
    }
  }
};
