import { WebhooksResponse, type WebhookView } from '../../../contract/api/webhook.ts';
import type { ApiClient } from '../../remote/api-client.ts';
import { REMOTE_ERRORS } from '../../remote/remote-errors.ts';

export const listWebhooks = async (api: ApiClient): Promise<readonly WebhookView[]> =>
  (await api.call(WebhooksResponse, { path: '/webhooks' })).webhooks;

/** @throws CliError `not_found` */
export const findWebhook = async (api: ApiClient, name: string): Promise<WebhookView> => {
  const found = (await listWebhooks(api)).find((webhook) => webhook.name === name || webhook.id === name);
  if (found === undefined) {
    throw REMOTE_ERRORS.notFound({
      what: `There is no webhook ${name}.`,
      advice: 'See `dashboard webhooks list`.',
    });
  }
  return found;
};
