import { NameRelease, NameReleaseResponse } from '../../contract/api/names.ts';
import type { Routes } from '../http/app-types.ts';
import { responses } from '../http/responses.ts';
import { releaseName } from '../services/names/names.ts';

/** Names reserved by certificates: POST /names/release */
export const nameRoutes: Routes = (app, context) => {
  app.post(
    '/names/release',
    {
      config: { operation: 'names.release' },
      schema: {
        summary: 'Let others take a name that issued certificates carry',
        tags: ['certificates'],
        body: NameRelease,
        response: responses({ 200: NameReleaseResponse }, 'unauthorized', 'conflicting'),
      },
    },
    async (request) => ({
      status: 'ok',
      certificates: await releaseName(context, request.requester, request.body.name),
    }),
  );
};
