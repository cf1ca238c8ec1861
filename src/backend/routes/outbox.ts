import {
  MailTestRequest,
  MailTestResponse,
  OutboxMessageResponse,
  OutboxParam,
  OutboxQuery,
  OutboxResponse,
} from '../../contract/api/outbox.ts';
import { StatusResponse } from '../../contract/api/response.ts';
import type { Routes } from '../http/app-types.ts';
import { responses } from '../http/responses.ts';
import { discardMessage, findMessages, retryMessage, sendTestMail } from '../services/outbox/outbox.ts';

const tags = ['messages'];

/** /outbox: messages to people, and POST /mail/test */
export const outboxRoutes: Routes = (app, context) => {
  app.get(
    '/outbox',
    {
      config: { operation: 'outbox.read' },
      schema: {
        summary: 'E-mails that wait, were sent or failed',
        tags,
        querystring: OutboxQuery,
        response: responses({ 200: OutboxResponse }, 'invalid', 'unauthorized'),
      },
    },
    async (request) => ({
      status: 'ok',
      ...(await findMessages(context, request.requester, request.query)),
    }),
  );
  app.post(
    '/outbox/:id/retry',
    {
      config: { operation: 'outbox.change' },
      schema: {
        summary: 'Try to send a message again, at once',
        tags,
        params: OutboxParam,
        response: responses(
          { 200: OutboxMessageResponse },
          'invalid',
          'unauthorized',
          'not_found',
          'conflicting',
        ),
      },
    },
    async (request) => ({
      status: 'ok',
      message: await retryMessage(context, request.requester, request.params.id),
    }),
  );
  app.delete(
    '/outbox/:id',
    {
      config: { operation: 'outbox.change' },
      schema: {
        summary: 'Discard a message',
        tags,
        params: OutboxParam,
        response: responses({ 200: StatusResponse }, 'invalid', 'unauthorized', 'not_found'),
      },
    },
    async (request) => {
      await discardMessage(context, request.requester, request.params.id);
      return { status: 'ok' };
    },
  );
  app.post(
    '/mail/test',
    {
      config: { operation: 'mail.test' },
      schema: {
        summary: 'Send a test e-mail',
        description: 'Responds when the mail server has taken or refused it, after 100 s at the latest.',
        tags,
        body: MailTestRequest,
        response: responses({ 200: MailTestResponse }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request) => {
      const { email, language } = request.body;
      const { state, error, detail } = await sendTestMail(context, request.requester, email, language);
      return { status: 'ok', sent: state === 'sent', ...(error === '' ? {} : { error }), detail };
    },
  );
};
