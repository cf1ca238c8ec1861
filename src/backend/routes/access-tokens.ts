import {
  AccessTokenCreate,
  AccessTokenParam,
  AccessTokenQuery,
  AccessTokenResponse,
  AccessTokensResponse,
} from '../../contract/api/access-token.ts';
import { StatusResponse } from '../../contract/api/response.ts';
import type { Routes } from '../http/app-types.ts';
import { responses } from '../http/responses.ts';
import {
  createAccessToken,
  findAccessTokens,
  revokeAccessToken,
} from '../services/access-tokens/access-tokens.ts';

/** /tokens: access tokens for scripts and the command */
export const accessTokenRoutes: Routes = (app, context) => {
  const tags = ['access tokens'];
  app.get(
    '/tokens',
    {
      config: { operation: 'tokens.list' },
      schema: {
        summary: 'Own access tokens; with `all=true` everybody’s, for project admins',
        tags,
        querystring: AccessTokenQuery,
        response: responses({ 200: AccessTokensResponse }, 'invalid', 'unauthorized', 'not_approved'),
      },
    },
    async (request) => ({
      status: 'ok',
      access_tokens: await findAccessTokens(context, request.requester, request.query.all === 'true'),
    }),
  );
  app.post(
    '/tokens',
    {
      config: { operation: 'tokens.create' },
      schema: {
        summary: 'Generate an access token',
        description: 'Needs a log-in or confirmation of the last 5 minutes. The token is shown once.',
        tags,
        body: AccessTokenCreate,
        response: responses(
          { 201: AccessTokenResponse },
          'invalid',
          'unauthorized',
          'confirmation_required',
          'conflicting',
        ),
      },
    },
    async (request, reply) => {
      const { accessToken, token } = await createAccessToken(context, request.requester, request.body);
      return reply.code(201).send({ status: 'ok', access_token: accessToken, token });
    },
  );
  app.delete(
    '/tokens/:id',
    {
      config: { operation: 'tokens.revoke' },
      schema: {
        summary: 'Revoke an access token',
        tags,
        params: AccessTokenParam,
        response: responses({ 200: StatusResponse }, 'invalid', 'unauthorized', 'not_found'),
      },
    },
    async (request) => {
      await revokeAccessToken(context, request.requester, request.params.id);
      return { status: 'ok' };
    },
  );
};
