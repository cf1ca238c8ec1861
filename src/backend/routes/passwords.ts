import {
  ForgotPasswordRequest,
  LinkRequest,
  PasswordLinkResponse,
  ResetPasswordRequest,
} from '../../contract/api/password.ts';
import { IdParam, StatusResponse } from '../../contract/api/response.ts';
import type { Routes } from '../http/app-types.ts';
import { responses } from '../http/responses.ts';
import { askToConfirm, confirmEmail } from '../services/mail/confirm-email.ts';
import {
  createPasswordLink,
  forgetPassword,
  resetPassword,
} from '../services/passwords/forgotten-password.ts';

const tags = ['passwords'];

/** Links that choose a new password or confirm an e-mail address. */
export const passwordRoutes: Routes = (app, context) => {
  app.post(
    '/password/forgot',
    {
      config: { operation: 'password.forget' },
      schema: {
        summary: 'Ask for an e-mail with a link to choose a new password',
        description: 'The response is the same whether or not there is such an account.',
        tags,
        body: ForgotPasswordRequest,
        response: responses({ 200: StatusResponse }, 'invalid', 'conflicting'),
      },
    },
    async (request) => {
      await forgetPassword(context, request.requester, request.body.email);
      return { status: 'ok' };
    },
  );
  app.post(
    '/password/reset',
    {
      config: { operation: 'password.reset' },
      schema: {
        summary: 'Choose a new password with a link',
        description: 'Ends all sessions and access tokens of the account.',
        tags,
        body: ResetPasswordRequest,
        response: responses({ 200: StatusResponse }, 'invalid'),
      },
    },
    async (request) => {
      await resetPassword(context, request.requester, request.body);
      return { status: 'ok' };
    },
  );
  app.post(
    '/users/:id/password-link',
    {
      config: { operation: 'users.password_link', target: 'account' },
      schema: {
        summary: 'Generate a link with which somebody chooses a new password',
        description: 'Needs a log-in or confirmation of the last 5 minutes. The link works once, for a day.',
        tags,
        params: IdParam,
        response: responses(
          { 201: PasswordLinkResponse },
          'invalid',
          'unauthorized',
          'confirmation_required',
          'not_approved',
          'not_found',
          'conflicting',
        ),
      },
    },
    async (request, reply) => {
      const { token, expires } = await createPasswordLink(context, request.requester, request.params.id);
      return reply.code(201).send({ status: 'ok', token, expires_at: expires.toUTCString() });
    },
  );
  app.post(
    '/email/confirm',
    {
      config: { operation: 'email.confirm' },
      schema: {
        summary: 'Confirm an e-mail address with a link',
        tags,
        body: LinkRequest,
        response: responses({ 200: StatusResponse }, 'invalid'),
      },
    },
    async (request) => {
      await confirmEmail(context, request.requester, request.body.token);
      return { status: 'ok' };
    },
  );
  app.post(
    '/email/confirmation',
    {
      config: { operation: 'email.ask' },
      schema: {
        summary: 'Send the link that confirms one’s own e-mail address again',
        tags,
        response: responses({ 200: StatusResponse }, 'unauthorized', 'conflicting'),
      },
    },
    async (request) => {
      await askToConfirm(context, request.requester);
      return { status: 'ok' };
    },
  );
};
