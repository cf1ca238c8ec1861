import { z } from 'zod';

/** Event for a webhook, as it waits in the outbox and as it is sent: never a secret. */
export const WebhookEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('invitation.created'),
    data: z.object({
      email: z.string(),
      organization: z.string(),
      role: z.string(),
      invited_by: z.string(),
    }),
  }),
  z.object({
    type: z.literal('request.waiting'),
    data: z.object({ kind: z.enum(['user', 'site']), name: z.string(), organization: z.string() }),
  }),
  z.object({
    type: z.literal('request.decided'),
    data: z.object({
      kind: z.enum(['user', 'site']),
      name: z.string(),
      decision: z.enum(['approved', 'denied']),
      reason: z.string(),
    }),
  }),
  z.object({ type: z.literal('kits.ready'), data: z.object({}) }),
  z.object({
    type: z.literal('certificate.expiring'),
    data: z.object({ name: z.string(), serial: z.string(), expires_at: z.string() }),
  }),
  z.object({
    type: z.literal('certificate.revoked'),
    data: z.object({
      kind: z.string(),
      name: z.string(),
      serial: z.string(),
      reason: z.string(),
    }),
  }),
  z.object({ type: z.literal('backup.failed'), data: z.object({ reason: z.string() }) }),
  z.object({ type: z.literal('webhook.test'), data: z.object({}) }),
]);
export type WebhookEvent = z.infer<typeof WebhookEvent>;
