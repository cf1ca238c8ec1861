import { IdParam, StatusResponse } from '../../contract/api/response.ts';
import {
  AskAgainRequest,
  RequestMessageCreate,
  RequestMessageResponse,
  RequestMessagesResponse,
} from '../../contract/api/request-messages.ts';
import type { Routes } from '../http/app-types.ts';
import { responses } from '../http/responses.ts';
import {
  askAgain,
  findRequestMessages,
  writeRequestMessage,
} from '../services/request-messages/request-messages.ts';

/** /users/{id}/messages, and POST /login/ask-again for those who were denied */
export const requestMessageRoutes: Routes = (app, context) => {
  app.get(
    '/users/:id/messages',
    {
      config: { operation: 'messages.read' },
      schema: {
        summary: 'What was written about a request for an account',
        tags: ['users'],
        params: IdParam,
        response: responses({ 200: RequestMessagesResponse }, 'invalid', 'unauthorized', 'not_found'),
      },
    },
    async (request) => ({
      status: 'ok',
      messages: await findRequestMessages(context, request.requester, request.params.id),
    }),
  );
  app.post(
    '/users/:id/messages',
    {
      config: { operation: 'messages.write' },
      schema: {
        summary: 'Ask about a request that waits, or reply',
        description: 'A project admin asks instead of deciding; the person replies.',
        tags: ['users'],
        params: IdParam,
        body: RequestMessageCreate,
        response: responses(
          { 201: RequestMessageResponse },
          'invalid',
          'unauthorized',
          'not_found',
          'conflicting',
        ),
      },
    },
    async (request, reply) => {
      const { requester, params, body } = request;
      const message = await writeRequestMessage(context, requester, params.id, body.text);
      return reply.code(201).send({ status: 'ok', message });
    },
  );
  app.post(
    '/login/ask-again',
    {
      config: { operation: 'session.open' },
      schema: {
        summary: 'Ask again after a denial',
        description: 'With the `challenge` of the denied POST /login, within 5 minutes. It opens no session.',
        tags: ['session'],
        body: AskAgainRequest,
        response: responses({ 200: StatusResponse }, 'invalid', 'conflicting'),
      },
    },
    async (request) => {
      await askAgain(context, request.requester, request.body);
      return { status: 'ok' };
    },
  );
};
