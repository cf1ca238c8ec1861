import { OverviewResponse, ProgressQuery, ProgressResponse } from '../../contract/api/overview.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { readOverview, readProgress } from '../services/overview/overview.ts';

/** GET /overview and GET /organizations/progress */
export const overviewRoutes: Routes = (app, context) => {
  app.get(
    '/overview',
    {
      config: { operation: 'overview.read' },
      schema: {
        summary: 'Counts of what the project admin has to see to',
        tags: ['project'],
        response: responses({ 200: OverviewResponse }, 'unauthorized', 'not_approved'),
      },
    },
    async (request) => ({ status: 'ok', ...(await readOverview(context, request.requester)) }),
  );
  app.get(
    '/organizations/progress',
    {
      config: { operation: 'overview.read' },
      schema: {
        summary: 'How far each organization is, from the invitation to the first downloaded kit',
        tags: ['project'],
        querystring: ProgressQuery,
        response: responses({ 200: ProgressResponse }, 'invalid', 'unauthorized', 'not_approved'),
      },
    },
    async (request) => ({
      status: 'ok',
      ...(await readProgress(context, request.requester, request.query)),
    }),
  );
};
