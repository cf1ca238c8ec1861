import { MAIL_CHANNEL } from '../../store/outbox.ts';
import type { WebhookRow } from '../../store/schema.ts';
import { updateWebhook, webhookById } from '../../store/webhooks.ts';
import { composeMail } from '../mail/compose-mail.ts';
import { composeWebhook } from '../webhooks/compose-webhook.ts';
import type { Deliverer, DeliveryChannel } from './delivery.ts';

/** E-mails. @returns undefined without a mail server */
export const mailChannel = (context: Deliverer): DeliveryChannel | undefined => {
  const { mailer } = context;
  return mailer === undefined
    ? undefined
    : {
        name: MAIL_CHANNEL,
        compose: async (trx, row) => {
          const mail = await composeMail(context, trx, row);
          return mail === undefined ? undefined : () => mailer.send(mail);
        },
      };
};

/** Messages to one webhook, which is paused when its endpoint is gone for good. */
export const webhookChannel = (context: Deliverer, { id }: WebhookRow): DeliveryChannel => ({
  name: id,
  compose: async (trx, row) => {
    const webhook = await webhookById(trx, id);
    if (webhook === undefined) {
      return undefined;
    }
    const send = await composeWebhook(context, trx, webhook, row);
    return async () => {
      const outcome = await send();
      if (outcome.error === 'gone') {
        await context.db.write((later) => updateWebhook(later, id, { state: 'paused' }));
      }
      return outcome;
    };
  },
});
