import {
  SavedViewCreate,
  SavedViewParam,
  SavedViewResponse,
  SavedViewsResponse,
} from '../../contract/api/saved-view.ts';
import { StatusResponse } from '../../contract/api/response.ts';
import type { Routes } from '../http/app-types.ts';
import { responses } from '../http/responses.ts';
import { findSavedViews, forgetView, saveView } from '../services/saved-views/saved-views.ts';

/** /saved-views: filters of the page's lists, kept with the account */
export const savedViewRoutes: Routes = (app, context) => {
  const tags = ['saved views'];
  app.get(
    '/saved-views',
    {
      config: { operation: 'saved_views.read' },
      schema: {
        summary: 'Own saved views of the page’s lists',
        tags,
        response: responses({ 200: SavedViewsResponse }, 'unauthorized'),
      },
    },
    async (request) => ({ status: 'ok', views: await findSavedViews(context, request.requester) }),
  );
  app.post(
    '/saved-views',
    {
      config: { operation: 'saved_views.change' },
      schema: {
        summary: 'Keep filters of a list under a name',
        description: 'At most 50 for an account.',
        tags,
        body: SavedViewCreate,
        response: responses({ 201: SavedViewResponse }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request, reply) => {
      const view = await saveView(context, request.requester, request.body);
      return reply.code(201).send({ status: 'ok', view });
    },
  );
  app.delete(
    '/saved-views/:id',
    {
      config: { operation: 'saved_views.change' },
      schema: {
        summary: 'Delete a saved view',
        tags,
        params: SavedViewParam,
        response: responses({ 200: StatusResponse }, 'invalid', 'unauthorized', 'not_found'),
      },
    },
    async (request) => {
      await forgetView(context, request.requester, request.params.id);
      return { status: 'ok' };
    },
  );
};
