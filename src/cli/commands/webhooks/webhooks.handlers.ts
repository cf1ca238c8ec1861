import { StatusResponse } from '../../../contract/api/response.ts';
import {
  WebhookDeliveriesResponse,
  WebhookResponse,
  WebhookTestResponse,
} from '../../../contract/api/webhook.ts';
import type { Handler } from '../../handler.ts';
import { tableLines } from '../../output/table-lines.ts';
import { connect } from '../../remote/find-connection.ts';
import { findWebhook, listWebhooks } from './find-webhook.ts';

/** `dashboard webhooks list` */
export const list: Handler = async (flags, _words, { runtime, signal }) => {
  const webhooks = await listWebhooks(await connect(flags, runtime, signal));
  const rows = webhooks.map(({ name, origin, format, state, waiting, failed }) => [
    name,
    origin,
    format,
    state,
    String(waiting),
    String(failed),
  ]);
  return {
    data: { webhooks },
    lines:
      webhooks.length === 0
        ? ['None.']
        : tableLines([['NAME', 'ENDPOINT', 'FORMAT', 'STATE', 'WAITING', 'FAILED'], ...rows]),
  };
};

/** `dashboard webhooks test` */
export const test: Handler = async (flags, [name = ''], { runtime, signal }) => {
  const api = await connect(flags, runtime, signal);
  const { id } = await findWebhook(api, name);
  const { sent, error, detail } = await api.call(WebhookTestResponse, {
    method: 'POST',
    path: `/webhooks/${id}/test`,
  });
  return {
    data: { state: sent ? 'sent' : 'failed', ...(error === undefined ? {} : { error }), detail },
    lines: sent
      ? [`${name} took the message: ${detail}`]
      : [`${name} did not take the message: ${error ?? ''} ${detail}`.trimEnd()],
    ...(sent ? {} : { exitCode: 1 }),
  };
};

/** `dashboard webhooks log` */
export const log: Handler = async (flags, [name = ''], { runtime, signal }) => {
  const api = await connect(flags, runtime, signal);
  const { id } = await findWebhook(api, name);
  const { deliveries, total } = await api.call(WebhookDeliveriesResponse, {
    path: `/webhooks/${id}/deliveries`,
  });
  const rows = deliveries.map(
    ({ event, state, attempts, created_at: created, error, error_detail: detail }) => [
      created,
      event,
      state,
      String(attempts),
      [error ?? '', detail].join(' ').trim(),
    ],
  );
  return {
    data: { deliveries, total },
    lines:
      rows.length === 0
        ? ['None.']
        : tableLines([['CREATED', 'EVENT', 'STATE', 'ATTEMPTS', 'ERROR'], ...rows]),
  };
};

const setState =
  (state: 'active' | 'paused', verb: string): Handler =>
  async (flags, [name = ''], { runtime, signal }) => {
    const api = await connect(flags, runtime, signal);
    const { id } = await findWebhook(api, name);
    const { webhook } = await api.call(WebhookResponse, {
      method: 'PATCH',
      path: `/webhooks/${id}`,
      body: { state },
    });
    return { data: { state, webhook }, lines: [`${verb}: ${name}`] };
  };

/** `dashboard webhooks pause` */
export const pause = setState('paused', 'Paused');

/** `dashboard webhooks resume` */
export const resume = setState('active', 'Resumed');

/** `dashboard webhooks remove` */
export const remove: Handler = async (flags, [name = ''], { runtime, signal }) => {
  const api = await connect(flags, runtime, signal);
  const { id } = await findWebhook(api, name);
  await api.call(StatusResponse, { method: 'DELETE', path: `/webhooks/${id}` });
  return { data: { state: 'removed', id, name }, lines: [`Removed: ${name}`] };
};
