import {
  ApprovalsResponse,
  ApprovalsRequest,
  InboxQuery,
  InboxResponse,
} from '../../contract/api/approvals.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { decideApprovals, readInbox } from '../services/approvals/approvals.ts';

/** GET /inbox and POST /approvals */
export const approvalRoutes: Routes = (app, context) => {
  const tags = ['approvals'];
  app.get(
    '/inbox',
    {
      config: { operation: 'inbox.read' },
      schema: {
        summary: 'Users and sites that wait for approval',
        tags,
        querystring: InboxQuery,
        response: responses({ 200: InboxResponse }, 'invalid', 'unauthorized'),
      },
    },
    async (request) => ({ status: 'ok', ...(await readInbox(context, request.requester, request.query)) }),
  );
  app.post(
    '/approvals',
    {
      config: { operation: 'approvals.decide' },
      schema: {
        summary: 'Approve, deny, reset or delete many users and sites at once',
        tags,
        body: ApprovalsRequest,
        response: responses({ 200: ApprovalsResponse }, 'invalid', 'unauthorized'),
      },
    },
    async (request) => ({
      status: 'ok',
      results: await decideApprovals(context, request.requester, request.body),
    }),
  );
};
