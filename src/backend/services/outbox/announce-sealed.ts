import { approvalOf } from '../../../contract/approval.ts';
import type { ServiceContext } from '../../context/context.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { usersOfRole } from '../../store/users.ts';
import { queueMail } from './queue-mail.ts';

/** Whoever starts a dashboard usually unseals it at once; nobody else needs to know of that. */
const DELAY_MS = 5 * 60 * 1000;
/** At most one e-mail an hour, however often the dashboard is restarted. */
const HOUR_LENGTH = 'YYYY-MM-DD HH'.length;

/** Tells the project admins that a start left the root key sealed, unless somebody opens it soon. */
export const announceSealed = async (
  context: Pick<ServiceContext, 'rootCa' | 'config' | 'db' | 'now'>,
): Promise<void> => {
  if (!context.rootCa.sealed()) {
    return;
  }
  const now = context.now();
  const admins = await usersOfRole(context.db.reader, 'project_admin');
  await context.db.write(async (trx) => {
    for (const { email, approval_state: state } of admins) {
      if (approvalOf(state) === 'approved') {
        await queueMail(
          context,
          trx,
          email,
          { event: 'sealed', since: now.toISOString() },
          {
            once: `sealed ${toTimestamp(now).slice(0, HOUR_LENGTH)} ${email}`,
            from: new Date(now.getTime() + DELAY_MS),
          },
        );
      }
    }
  });
};
