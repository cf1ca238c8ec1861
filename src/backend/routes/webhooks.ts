import { StatusResponse } from '../../contract/api/response.ts';
import {
  WebhookCreate,
  WebhookDeliveriesQuery,
  WebhookDeliveriesResponse,
  WebhookParam,
  WebhookPatch,
  WebhookResponse,
  WebhookSecretResponse,
  WebhooksResponse,
  WebhookTestResponse,
} from '../../contract/api/webhook.ts';
import type { Routes } from '../http/app-types.ts';
import { responses } from '../http/responses.ts';
import { testWebhook } from '../services/webhooks/test-webhook.ts';
import {
  changeWebhook,
  createWebhook,
  findDeliveries,
  findWebhooks,
  removeWebhook,
  renewSecret,
} from '../services/webhooks/webhooks.ts';

const tags = ['webhooks'];
const read = { operation: 'webhooks.read' } as const;
const changing = { operation: 'webhooks.change' } as const;

/** /webhooks: endpoints of others that are told of events */
export const webhookRoutes: Routes = (app, context) => {
  app.get(
    '/webhooks',
    {
      config: read,
      schema: {
        summary: 'Webhooks, without their secrets and paths',
        tags,
        response: responses({ 200: WebhooksResponse }, 'unauthorized'),
      },
    },
    async (request) => ({ status: 'ok', webhooks: await findWebhooks(context, request.requester) }),
  );
  app.post(
    '/webhooks',
    {
      config: changing,
      schema: {
        summary: 'Add a webhook',
        description: 'Messages are signed as Standard Webhooks has it. The secret is shown once.',
        tags,
        body: WebhookCreate,
        response: responses({ 201: WebhookSecretResponse }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send({ status: 'ok', ...(await createWebhook(context, request.requester, request.body)) }),
  );
  app.patch(
    '/webhooks/:id',
    {
      config: changing,
      schema: {
        summary: 'Change, pause or resume a webhook',
        tags,
        params: WebhookParam,
        body: WebhookPatch,
        response: responses({ 200: WebhookResponse }, 'invalid', 'unauthorized', 'not_found', 'conflicting'),
      },
    },
    async (request) => ({
      status: 'ok',
      webhook: await changeWebhook(context, request.requester, request.params.id, request.body),
    }),
  );
  app.delete(
    '/webhooks/:id',
    {
      config: changing,
      schema: {
        summary: 'Remove a webhook with what waits for it',
        tags,
        params: WebhookParam,
        response: responses({ 200: StatusResponse }, 'invalid', 'unauthorized', 'not_found'),
      },
    },
    async (request) => {
      await removeWebhook(context, request.requester, request.params.id);
      return { status: 'ok' };
    },
  );
  app.post(
    '/webhooks/:id/secret',
    {
      config: changing,
      schema: {
        summary: 'Generate a new secret',
        description: 'It is shown once. For a day messages are signed with the earlier one as well.',
        tags,
        params: WebhookParam,
        response: responses({ 200: WebhookSecretResponse }, 'invalid', 'unauthorized', 'not_found'),
      },
    },
    async (request) => ({
      status: 'ok',
      ...(await renewSecret(context, request.requester, request.params.id)),
    }),
  );
  app.post(
    '/webhooks/:id/test',
    {
      config: changing,
      schema: {
        summary: 'Send a test message',
        description: 'Responds when the endpoint has taken or refused it, after 10 s at the latest.',
        tags,
        params: WebhookParam,
        response: responses({ 200: WebhookTestResponse }, 'invalid', 'unauthorized', 'not_found'),
      },
    },
    async (request) => {
      const { state, error, detail } = await testWebhook(context, request.requester, request.params.id);
      return { status: 'ok', sent: state === 'sent', ...(error === '' ? {} : { error }), detail };
    },
  );
  app.get(
    '/webhooks/:id/deliveries',
    {
      config: read,
      schema: {
        summary: 'What was sent to a webhook, waits or failed',
        tags,
        params: WebhookParam,
        querystring: WebhookDeliveriesQuery,
        response: responses({ 200: WebhookDeliveriesResponse }, 'invalid', 'unauthorized', 'not_found'),
      },
    },
    async (request) => ({
      status: 'ok',
      ...(await findDeliveries(context, request.requester, request.params.id, request.query)),
    }),
  );
};
