import { approvalOf } from '../../../contract/approval.ts';
import type { ServiceContext } from '../../context/context.ts';
import { MailEvent, type Decided } from '../../mail/mail-event.ts';
import type { Trx } from '../../store/database.ts';
import { changeOutbox, latestOutbox } from '../../store/outbox.ts';
import { fromTimestamp } from '../../store/timestamp.ts';
import { approvedUsers, usersOfRole } from '../../store/users.ts';
import { queueWebhooks } from '../webhooks/queue-webhook.ts';
import { hasMail, queueMail } from './queue-mail.ts';

type Announcer = Pick<ServiceContext, 'config' | 'now'>;

/** Requests that come within this time are told of in one e-mail. */
const REQUESTS_MS = 15 * 60 * 1000;
/** Decisions that follow each other this closely are told of in one e-mail. */
const DECISIONS_MS = 5000;

/**
 * Tells webhooks, project admins, and org admins of the organization, that somebody waits for a decision: at once, and
 * at most every quarter of an hour.
 */
export const announceRequest = async (
  context: Announcer,
  trx: Trx,
  {
    kind,
    name,
    organization,
  }: { readonly kind: 'user' | 'site'; readonly name: string; readonly organization: string },
): Promise<void> => {
  await queueWebhooks(context, trx, { type: 'request.waiting', data: { kind, name, organization } });
  if (!hasMail(context)) {
    return;
  }
  const colleagues = organization === '' ? [] : await usersOfRole(trx, 'org_admin');
  const recipients = [
    ...(await usersOfRole(trx, 'project_admin')),
    ...colleagues.filter((user) => user.organization === organization),
  ].filter((user) => approvalOf(user.approval_state) === 'approved' && user.email !== name);
  for (const { email } of recipients) {
    const last = await latestOutbox(trx, 'request_waiting', email);
    if (last?.state === 'waiting') {
      continue;
    }
    const from = new Date((last === undefined ? 0 : fromTimestamp(last.created_at).getTime()) + REQUESTS_MS);
    await queueMail(
      context,
      trx,
      email,
      { event: 'request_waiting', name, organization },
      { from: from > context.now() ? from : undefined },
    );
  }
};

/** Tells somebody what was decided about an account or a site; decisions made together come in one e-mail. */
export const announceDecision = async (
  context: Announcer,
  trx: Trx,
  to: string,
  decided: Decided,
): Promise<void> => {
  await queueWebhooks(context, trx, { type: 'request.decided', data: decided });
  if (!hasMail(context)) {
    return;
  }
  const last = await latestOutbox(trx, 'decision', to);
  if (last?.state === 'waiting' && last.attempts === 0) {
    const event = MailEvent.parse(JSON.parse(last.payload));
    const others = event.event === 'decision' ? event.decided : [];
    const payload = JSON.stringify({
      event: 'decision',
      decided: [
        ...others.filter(({ kind, name }) => kind !== decided.kind || name !== decided.name),
        decided,
      ],
    });
    if (await changeOutbox(trx, last, { payload })) {
      return;
    }
  }
  const from = new Date(context.now().getTime() + DECISIONS_MS);
  await queueMail(context, trx, to, { event: 'decision', decided: [decided] }, { from });
};

/** Tells everybody approved that kits can be downloaded from now on. */
export const announceKits = async (context: Announcer, trx: Trx): Promise<void> => {
  await queueWebhooks(context, trx, { type: 'kits.ready', data: {} });
  if (!hasMail(context)) {
    return;
  }
  for (const { email } of await approvedUsers(trx)) {
    await queueMail(context, trx, email, { event: 'kit_ready' });
  }
};
