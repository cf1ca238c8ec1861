import { ApprovalsAnswer, ApprovalsRequest, InboxAnswer } from '../../domain/api/approvals.ts';
import { answers } from '../answers.ts';
import type { Routes } from '../app-types.ts';
import { decideApprovals, readInbox } from '../services/approvals.ts';

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
        response: answers({ 200: InboxAnswer }, 'unauthorized'),
      },
    },
    async (request) => ({ status: 'ok', ...(await readInbox(context, request.asker)) }),
  );
  app.post(
    '/approvals',
    {
      config: { operation: 'approvals.decide' },
      schema: {
        summary: 'Approve, deny, reset or delete many users and sites at once',
        tags,
        body: ApprovalsRequest,
        response: answers({ 200: ApprovalsAnswer }, 'invalid', 'unauthorized'),
      },
    },
    async (request) => ({
      status: 'ok',
      results: await decideApprovals(context, request.asker, request.body),
    }),
  );
};
