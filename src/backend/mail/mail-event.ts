import { z } from 'zod';
import { MAIL_LANGUAGES } from '../../contract/languages.ts';

const Decided = z.object({
  kind: z.enum(['user', 'site']),
  name: z.string(),
  decision: z.enum(['approved', 'denied']),
  reason: z.string(),
});

/** Subject of an e-mail that waits in the outbox: never a secret, those are generated when it is sent. */
export const MailEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('invitation'),
    invitation: z.string(),
    nonce: z.string(),
    language: z.enum(MAIL_LANGUAGES),
  }),
  z.object({ event: z.literal('request_waiting'), name: z.string(), organization: z.string() }),
  z.object({ event: z.literal('decision'), decided: z.array(Decided) }),
  z.object({ event: z.literal('request_question'), text: z.string() }),
  z.object({
    event: z.literal('request_message'),
    name: z.string(),
    text: z.string(),
    again: z.boolean(),
  }),
  z.object({ event: z.literal('kit_ready') }),
  z.object({ event: z.literal('certificate_expires'), name: z.string(), on: z.string() }),
  z.object({ event: z.literal('sealed'), since: z.string() }),
  z.object({ event: z.literal('password_reset') }),
  z.object({ event: z.literal('email_confirmation') }),
  z.object({ event: z.literal('new_login'), at: z.string(), address: z.string(), agent: z.string() }),
]);
export type MailEvent = z.infer<typeof MailEvent>;

export type Decided = z.infer<typeof Decided>;
