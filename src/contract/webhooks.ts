/** Events for webhooks, as `type` in the message. */
export const WEBHOOK_EVENTS = [
  'invitation.created',
  'request.waiting',
  'request.decided',
  'kits.ready',
  'certificate.expiring',
  'certificate.revoked',
  'backup.failed',
] as const;

/** JSON as Standard Webhooks has it, or a text for a chat. */
export const WEBHOOK_FORMATS = ['standard', 'slack', 'teams'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

/** `paused`: events are not kept for it, and what waits is not sent. */
export const WEBHOOK_STATES = ['active', 'paused'] as const;

export const MAX_WEBHOOKS = 20;
