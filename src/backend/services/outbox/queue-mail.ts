import { newId } from '../../auth/bearer-secret.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { MailEvent } from '../../mail/mail-event.ts';
import type { Trx } from '../../store/database.ts';
import { insertOutbox, MAIL_CHANNEL } from '../../store/outbox.ts';
import { toTimestamp } from '../../store/timestamp.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days for which a message is worth sending. */
export const MESSAGE_DAYS = 3;

/** Describes what decides when a message is sent. */
export interface QueueOptions {
  /** At most one message has the same text here. */
  readonly once?: string | undefined;
  /** Earliest time. */
  readonly from?: Date | undefined;
  /** Time for which it is worth sending; default {@link MESSAGE_DAYS}. */
  readonly ttlMs?: number | undefined;
}

/** True when e-mails are sent at all. */
export const hasMail = (context: Pick<ServiceContext, 'config'>): boolean =>
  context.config.mail !== undefined;

/** Puts an e-mail into the outbox, within the change that it is about; does nothing without a mail server. */
export const queueMail = async (
  context: Pick<ServiceContext, 'config' | 'now'>,
  trx: Trx,
  to: string,
  event: MailEvent,
  { once, from, ttlMs = MESSAGE_DAYS * DAY_MS }: QueueOptions = {},
): Promise<void> => {
  if (!hasMail(context)) {
    return;
  }
  const now = context.now();
  await insertOutbox(trx, {
    id: newId(),
    channel: MAIL_CHANNEL,
    event: event.event,
    recipient: to,
    payload: JSON.stringify(event),
    once: once ?? null,
    state: 'waiting',
    attempts: 0,
    next_at: toTimestamp(from ?? now),
    created_at: toTimestamp(now),
    expires_at: toTimestamp(new Date(now.getTime() + ttlMs)),
    settled_at: '',
    error: '',
    error_detail: '',
  });
};
