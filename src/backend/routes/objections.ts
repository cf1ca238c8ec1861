import { ObjectionRequest } from '../../contract/api/user.ts';
import { IdParam, StatusResponse } from '../../contract/api/response.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { objectTo, withdrawObjection } from '../services/users/objections.ts';

const REFUSALS = ['invalid', 'unauthorized', 'not_approved', 'not_found'] as const;

/** POST and DELETE /users/{id}/objection */
export const objectionRoutes: Routes = (app, context) => {
  const tags = ['users'];
  app.post(
    '/users/:id/objection',
    {
      config: { operation: 'users.object' },
      schema: {
        summary: 'Object to a request to join the own organization',
        tags,
        params: IdParam,
        body: ObjectionRequest,
        response: responses({ 200: StatusResponse }, ...REFUSALS, 'conflicting'),
      },
    },
    async (request) => {
      await objectTo(context, request.requester, request.params.id, request.body.reason);
      return { status: 'ok' };
    },
  );
  app.delete(
    '/users/:id/objection',
    {
      config: { operation: 'users.object' },
      schema: {
        summary: 'Withdraw the own objection',
        tags,
        params: IdParam,
        response: responses({ 200: StatusResponse }, ...REFUSALS),
      },
    },
    async (request) => {
      await withdrawObjection(context, request.requester, request.params.id);
      return { status: 'ok' };
    },
  );
};
