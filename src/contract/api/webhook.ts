import { z } from 'zod';
import { WEBHOOK_ERRORS } from '../delivery.ts';
import { MAIL_LANGUAGES } from '../languages.ts';
import { WEBHOOK_EVENTS, WEBHOOK_FORMATS, WEBHOOK_STATES } from '../webhooks.ts';
import { OUTBOX_STATES } from './outbox.ts';
import { FreeLine } from '../free-text.ts';
import { HttpDate, ListQuery } from './response.ts';

const Fields = z.object({
  name: FreeLine.min(1).max(200),
  /** `https://…`; `http://` only into allowed networks. Its path may be a secret: only the host is shown later. */
  url: z.string().min(1).max(2048),
  format: z.enum(WEBHOOK_FORMATS).default('standard'),
  events: z
    .array(z.enum(WEBHOOK_EVENTS))
    .min(1)
    .max(WEBHOOK_EVENTS.length)
    .default([...WEBHOOK_EVENTS]),
  /** Of the texts for chats. */
  language: z.enum(MAIL_LANGUAGES).default('en'),
});

export const WebhookCreate = Fields;
export type WebhookCreate = z.infer<typeof WebhookCreate>;

/** Fields that stay as they are can be left out. */
export const WebhookPatch = z.object({
  name: Fields.shape.name.optional(),
  url: Fields.shape.url.optional(),
  format: z.enum(WEBHOOK_FORMATS).optional(),
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length).optional(),
  language: z.enum(MAIL_LANGUAGES).optional(),
  state: z.enum(WEBHOOK_STATES).optional(),
});
export type WebhookPatch = z.infer<typeof WebhookPatch>;

export const WebhookView = z.object({
  id: z.string(),
  name: z.string(),
  /** Scheme and host of the endpoint; the path stays hidden. */
  origin: z.string(),
  format: z.enum(WEBHOOK_FORMATS),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  language: z.enum(MAIL_LANGUAGES),
  state: z.enum(WEBHOOK_STATES),
  created_at: HttpDate,
  /** Until when messages are signed with the earlier secret as well; absent without one. */
  earlier_secret_until: HttpDate.optional(),
  waiting: z.number().int(),
  failed: z.number().int(),
});
export type WebhookView = z.infer<typeof WebhookView>;

export const WebhookDelivery = z.object({
  /** The `webhook-id` of what is sent. */
  id: z.string(),
  event: z.string(),
  state: z.enum(OUTBOX_STATES),
  attempts: z.number().int(),
  created_at: HttpDate,
  /** When it is tried next; absent once it is settled. */
  next_at: HttpDate.optional(),
  /** When it was sent or given up; absent while it waits. */
  settled_at: HttpDate.optional(),
  /** Of the last attempt; absent without an error. */
  error: z.enum(WEBHOOK_ERRORS).optional(),
  /** Response of the endpoint. */
  error_detail: z.string(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const WebhookParam = z.object({ id: z.string().max(64) });
export const WebhookDeliveriesQuery = ListQuery.pick({ offset: true, limit: true });

export const WebhooksResponse = z.object({ status: z.string(), webhooks: z.array(WebhookView) });
export const WebhookResponse = z.object({ status: z.string(), webhook: WebhookView });
/** `secret` is in this response only. */
export const WebhookSecretResponse = WebhookResponse.extend({ secret: z.string() });
export const WebhookDeliveriesResponse = z.object({
  status: z.string(),
  deliveries: z.array(WebhookDelivery),
  total: z.number().int(),
});
export const WebhookTestResponse = z.object({
  status: z.string(),
  sent: z.boolean(),
  error: z.enum(WEBHOOK_ERRORS).optional(),
  /** Response of the endpoint. */
  detail: z.string(),
});
