import { newId } from '../../auth/bearer-secret.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { Trx } from '../../store/database.ts';
import { insertOutbox } from '../../store/outbox.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { activeWebhooks } from '../../store/webhooks.ts';
import type { WebhookEvent } from '../../webhooks/webhook-event.ts';
import { MESSAGE_DAYS } from '../outbox/queue-mail.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Puts a message for every active webhook that wants the event into the outbox, within the change that it is about.
 *
 * @param once at most one message of a webhook has the same text here
 */
export const queueWebhooks = async (
  { now }: Pick<ServiceContext, 'now'>,
  trx: Trx,
  event: WebhookEvent,
  once?: string,
): Promise<void> => {
  const at = now();
  for (const { id, name, events } of await activeWebhooks(trx)) {
    if (!events.split(' ').includes(event.type)) {
      continue;
    }
    await insertOutbox(trx, {
      id: newId(),
      channel: id,
      event: event.type,
      recipient: name.slice(0, 254),
      payload: JSON.stringify(event),
      once: once === undefined ? null : `${id} ${once}`.slice(0, 160),
      state: 'waiting',
      attempts: 0,
      next_at: toTimestamp(at),
      created_at: toTimestamp(at),
      expires_at: toTimestamp(new Date(at.getTime() + MESSAGE_DAYS * DAY_MS)),
      settled_at: '',
      error: '',
      error_detail: '',
    });
  }
};
