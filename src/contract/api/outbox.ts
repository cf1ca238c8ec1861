import { z } from 'zod';
import { DELIVERY_ERRORS } from '../delivery.ts';
import { MAIL_LANGUAGES } from '../languages.ts';
import { Email } from '../names.ts';
import { HttpDate, ListQuery } from './response.ts';

export const OUTBOX_STATES = ['waiting', 'sent', 'failed'] as const;

export const OutboxMessage = z.object({
  id: z.string(),
  /** Subject, such as `decision`. */
  event: z.string(),
  recipient: z.string(),
  state: z.enum(OUTBOX_STATES),
  attempts: z.number().int(),
  created_at: HttpDate,
  /** When it is tried next; absent once it is settled. */
  next_at: HttpDate.optional(),
  /** When it was sent or given up; absent while it waits. */
  settled_at: HttpDate.optional(),
  /** Of the last attempt; absent without an error. */
  error: z.enum(DELIVERY_ERRORS).optional(),
  /** Response of the other side. */
  error_detail: z.string(),
});
export type OutboxMessage = z.infer<typeof OutboxMessage>;

export const OutboxQuery = ListQuery.pick({ offset: true, limit: true }).extend({
  state: z.enum(OUTBOX_STATES).optional(),
});
export type OutboxQuery = z.infer<typeof OutboxQuery>;

export const OutboxParam = z.object({ id: z.string().max(64) });

export const OutboxResponse = z.object({
  status: z.string(),
  messages: z.array(OutboxMessage),
  /** Messages that match, before paging. */
  total: z.number().int(),
  waiting: z.number().int(),
  failed: z.number().int(),
});

export const OutboxMessageResponse = z.object({ status: z.string(), message: OutboxMessage });

export const MailTestRequest = z.object({
  email: Email,
  language: z.enum(MAIL_LANGUAGES).optional(),
});

export const MailTestResponse = z.object({
  status: z.string(),
  sent: z.boolean(),
  error: z.enum(DELIVERY_ERRORS).optional(),
  /** Response of the mail server. */
  detail: z.string(),
});
