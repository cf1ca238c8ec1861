import {
  ReissueChange,
  ReissuePlannedResponse,
  ReissuePlanResponse,
  ReissueRequest,
} from '../../contract/api/reissue.ts';
import type { Routes } from '../http/app-types.ts';
import { responses } from '../http/responses.ts';
import { streamedJson } from '../http/streamed-json.ts';
import { JSON_TYPE } from '../http/streamed-list.ts';
import { PAGE_ROWS } from '../services/list-order.ts';
import { applyReissue } from '../services/reissue/apply-reissue.ts';
import { planReissue } from '../services/reissue/plan-reissue.ts';

const tags = ['project'];
const REFUSALS = [
  'invalid',
  'unauthorized',
  'not_found',
  'project_not_frozen',
  'project_incomplete',
  'no_overseer',
] as const;

/** POST /reissue/plan and POST /reissue */
export const reissueRoutes: Routes = (app, context) => {
  app.post(
    '/reissue/plan',
    {
      config: { operation: 'reissue.plan' },
      schema: {
        summary: 'Which kits and certificates a change of the frozen project changes; nothing is done',
        tags,
        body: ReissueChange,
        response: responses({ 200: ReissuePlannedResponse }, ...REFUSALS),
      },
    },
    async (request, reply) => {
      const { plan, outdated } = await planReissue(context, request.requester, request.body);
      const response = { status: 'ok', plan, outdated };
      return plan.kits.length > PAGE_ROWS ? reply.type(JSON_TYPE).send(streamedJson(response)) : response;
    },
  );
  app.post(
    '/reissue',
    {
      config: { operation: 'reissue.apply' },
      schema: {
        summary: 'Do what a plan says, if it would still say the same',
        tags,
        body: ReissueRequest,
        response: responses({ 200: ReissuePlanResponse }, ...REFUSALS, 'changed', 'last_admin'),
      },
    },
    async (request, reply) => {
      const plan = await applyReissue(context, request.requester, request.body);
      const response = { status: 'ok', plan };
      return plan.kits.length > PAGE_ROWS ? reply.type(JSON_TYPE).send(streamedJson(response)) : response;
    },
  );
};
