import {
  RootPlanResponse,
  RootProgressResponse,
  RootRenewal,
  RootRenewalRequest,
} from '../../contract/api/root-renewal.ts';
import type { Routes } from '../http/app-types.ts';
import { responses } from '../http/responses.ts';
import { planRootRenewal, renewRoot, rootProgress } from '../services/root-ca/renew-root.ts';

const tags = ['root-ca'];

/** The next certificate of the root CA: GET and POST /ca/renewal, POST /ca/renewal/plan */
export const rootRenewalRoutes: Routes = (app, context) => {
  app.get(
    '/ca/renewal',
    {
      config: { operation: 'root_renewal.plan' },
      schema: {
        summary: 'Who still has the root certificate of before',
        tags,
        response: responses({ 200: RootProgressResponse }, 'unauthorized', 'project_not_frozen'),
      },
    },
    async (request) => ({ status: 'ok', renewal: await rootProgress(context, request.requester) }),
  );
  app.post(
    '/ca/renewal/plan',
    {
      config: { operation: 'root_renewal.plan' },
      schema: {
        summary: 'Who needs a new kit once the root CA is renewed; nothing is done',
        tags,
        body: RootRenewal,
        response: responses(
          { 200: RootPlanResponse },
          'invalid',
          'unauthorized',
          'project_not_frozen',
          'sealed',
        ),
      },
    },
    async (request) => ({
      status: 'ok',
      plan: await planRootRenewal(context, request.requester, request.body),
    }),
  );
  app.post(
    '/ca/renewal',
    {
      config: { operation: 'root_renewal.apply' },
      schema: {
        summary: 'Renew the root CA with the same key, if the plan would still say the same',
        tags,
        body: RootRenewalRequest,
        response: responses(
          { 200: RootProgressResponse },
          'invalid',
          'unauthorized',
          'confirmation_required',
          'project_not_frozen',
          'sealed',
          'changed',
        ),
      },
    },
    async (request) => ({
      status: 'ok',
      renewal: await renewRoot(context, request.requester, request.body),
    }),
  );
};
