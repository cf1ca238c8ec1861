import { HealthResponse, ReadyResponse } from '../../contract/api/session.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { readiness } from '../services/health/readiness.ts';
import { VERSION } from '../context/version.ts';

/** GET /health: is the process up. GET /ready: does the database answer, is the CA sealed. */
export const healthRoutes: Routes = (app, context) => {
  app.get(
    '/health',
    {
      config: { operation: 'health.read' },
      schema: {
        summary: 'Is the process up',
        tags: ['service'],
        response: responses({ 200: HealthResponse }),
      },
    },
    () => ({ status: 'ok', version: VERSION }),
  );
  app.get(
    '/ready',
    {
      config: { operation: 'health.read' },
      schema: { summary: 'Can it work', tags: ['service'], response: responses({ 200: ReadyResponse }) },
    },
    async () => ({ status: 'ok', ...(await readiness(context)) }),
  );
};
