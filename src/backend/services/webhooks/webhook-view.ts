import type { WebhookDelivery, WebhookView } from '../../../contract/api/webhook.ts';
import { OUTBOX_STATES } from '../../../contract/api/outbox.ts';
import { WEBHOOK_ERRORS } from '../../../contract/delivery.ts';
import { WEBHOOK_EVENTS, WEBHOOK_FORMATS } from '../../../contract/webhooks.ts';
import { storedLanguage } from '../../mail/mail-texts.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { countOutbox } from '../../store/outbox.ts';
import type { OutboxRow, WebhookRow } from '../../store/schema.ts';
import { toHttpDate, toTimestamp } from '../../store/timestamp.ts';

/** A webhook as the API shows it, without secrets. */
export const webhookView = async (db: Reader | Trx, row: WebhookRow, now: Date): Promise<WebhookView> => {
  const events = row.events.split(' ');
  return {
    id: row.id,
    name: row.name,
    origin: row.origin,
    format: WEBHOOK_FORMATS.find((format) => format === row.format) ?? 'standard',
    events: WEBHOOK_EVENTS.filter((event) => events.includes(event)),
    language: storedLanguage(row.language),
    state: row.state === 'active' ? 'active' : 'paused',
    created_at: toHttpDate(row.created_at),
    ...(row.earlier_until > toTimestamp(now) ? { earlier_secret_until: toHttpDate(row.earlier_until) } : {}),
    waiting: await countOutbox(db, { channel: row.id, state: 'waiting' }),
    failed: await countOutbox(db, { channel: row.id, state: 'failed' }),
  };
};

export const deliveryView = (row: OutboxRow): WebhookDelivery => {
  const state = OUTBOX_STATES.find((one) => one === row.state) ?? 'failed';
  const error = WEBHOOK_ERRORS.find((one) => one === row.error);
  return {
    id: row.id,
    event: row.event,
    state,
    attempts: row.attempts,
    created_at: toHttpDate(row.created_at),
    ...(state === 'waiting' ? { next_at: toHttpDate(row.next_at) } : {}),
    ...(row.settled_at === '' ? {} : { settled_at: toHttpDate(row.settled_at) }),
    ...(error === undefined ? {} : { error }),
    error_detail: row.error_detail,
  };
};
