import { approvalOf } from '../../../contract/approval.ts';
import { expiringCertificates } from '../../store/expiring-certificates.ts';
import { fromTimestamp, toTimestamp } from '../../store/timestamp.ts';
import { usersOfRole } from '../../store/users.ts';
import { queueWebhooks } from '../webhooks/queue-webhook.ts';
import type { Deliverer } from './delivery.ts';
import { queueMail } from './queue-mail.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Days before expiry on which the owner is notified, once each. */
const NOTICE_DAYS = [7, 30] as const;

/** Tells webhooks, owners of certificates in use, and project admins about those of servers, that they expire soon. */
export const announceExpiries = async (context: Deliverer): Promise<void> => {
  const now = context.now();
  const until = new Date(now.getTime() + Math.max(...NOTICE_DAYS) * DAY_MS);
  const expiring = await expiringCertificates(context.db.searcher(), toTimestamp(now), toTimestamp(until));
  if (expiring.length === 0) {
    return;
  }
  const admins = (await usersOfRole(context.db.reader, 'project_admin'))
    .filter(({ approval_state: state }) => approvalOf(state) === 'approved')
    .map(({ email }) => email);
  await context.db.write(async (trx) => {
    for (const { serial, common_name: name, not_after: end, owner } of expiring) {
      const on = fromTimestamp(end);
      const days = NOTICE_DAYS.find((notice) => on.getTime() - now.getTime() <= notice * DAY_MS);
      await queueWebhooks(
        context,
        trx,
        { type: 'certificate.expiring', data: { name, serial, expires_at: on.toISOString() } },
        `certificate ${serial} ${days ?? 0}`,
      );
      for (const to of owner === null ? admins : [owner]) {
        await queueMail(
          context,
          trx,
          to,
          { event: 'certificate_expires', name, on: on.toISOString() },
          { once: `certificate ${serial} ${days ?? 0} ${to}`.slice(0, 160) },
        );
      }
    }
  });
};
