import { AccessTokenParam } from '../../contract/api/access-token.ts';
import {
  ProjectTokenCreate,
  ProjectTokenResponse,
  ProjectTokensResponse,
} from '../../contract/api/project-token.ts';
import { StatusResponse } from '../../contract/api/response.ts';
import type { Routes } from '../http/app-types.ts';
import { responses } from '../http/responses.ts';
import {
  createProjectToken,
  findProjectTokens,
  revokeProjectToken,
} from '../services/access-tokens/project-tokens.ts';

/** /project/tokens: access tokens of no person, for services */
export const projectTokenRoutes: Routes = (app, context) => {
  const tags = ['access tokens'];
  app.get(
    '/project/tokens',
    {
      config: { operation: 'project_tokens.list' },
      schema: {
        summary: 'Tokens of the project',
        tags,
        response: responses({ 200: ProjectTokensResponse }, 'invalid', 'unauthorized', 'not_approved'),
      },
    },
    async (request) => ({
      status: 'ok',
      project_tokens: await findProjectTokens(context, request.requester),
    }),
  );
  app.post(
    '/project/tokens',
    {
      config: { operation: 'project_tokens.create' },
      schema: {
        summary: 'Generate a token of the project',
        description:
          'Needs a log-in or confirmation of the last 5 minutes. The token is shown once. It has the rights of a project admin as far as its scopes go, and outlives the account that created it.',
        tags,
        body: ProjectTokenCreate,
        response: responses(
          { 201: ProjectTokenResponse },
          'invalid',
          'unauthorized',
          'not_approved',
          'confirmation_required',
          'conflicting',
        ),
      },
    },
    async (request, reply) => {
      const { projectToken, token } = await createProjectToken(context, request.requester, request.body);
      return reply.code(201).send({ status: 'ok', project_token: projectToken, token });
    },
  );
  app.delete(
    '/project/tokens/:id',
    {
      config: { operation: 'project_tokens.revoke' },
      schema: {
        summary: 'Revoke a token of the project',
        tags,
        params: AccessTokenParam,
        response: responses({ 200: StatusResponse }, 'invalid', 'unauthorized', 'not_approved', 'not_found'),
      },
    },
    async (request) => {
      await revokeProjectToken(context, request.requester, request.params.id);
      return { status: 'ok' };
    },
  );
};
