import type { WebhookOutcome } from '../../../contract/delivery.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { newId } from '../../auth/bearer-secret.ts';
import { requireCurrent } from '../../auth/current-requester.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { insertOutbox } from '../../store/outbox.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { webhookById } from '../../store/webhooks.ts';
import { composeWebhook } from './compose-webhook.ts';
import { requireWebhook } from './webhooks.ts';

/** Sends a test at once, also to a paused webhook, and notes it in its log. @throws ApiError `not_found` */
export const testWebhook = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
): Promise<WebhookOutcome> => {
  authorizeUser(requester.principal, 'webhooks.change');
  const at = toTimestamp(context.now());
  const message = {
    id: newId(),
    payload: JSON.stringify({ type: 'webhook.test', data: {} }),
    created_at: at,
  };
  const { row, send } = await change(context, requester, async (trx, audit) => {
    const webhook = await requireWebhook(trx, id);
    await audit('webhook.test', `webhook:${id}`, { name: webhook.name });
    return { row: webhook, send: await composeWebhook(context, trx, webhook, message) };
  });
  const outcome = await send();
  await context.db.write(async (trx) => {
    // Removed meanwhile.
    if ((await webhookById(trx, id)) === undefined) {
      return;
    }
    await insertOutbox(trx, {
      ...message,
      channel: id,
      event: 'webhook.test',
      recipient: row.name.slice(0, 254),
      once: null,
      state: outcome.state === 'sent' ? 'sent' : 'failed',
      attempts: 1,
      next_at: at,
      expires_at: at,
      settled_at: at,
      error: outcome.error,
      error_detail: outcome.state === 'sent' ? '' : outcome.detail,
    });
  });
  await requireCurrent(context.db.reader, requester, context.now());
  return outcome;
};
