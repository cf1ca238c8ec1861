import { HealthResponse, ReadyResponse } from '../../contract/api/session.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { readiness } from '../services/health/readiness.ts';
import { VERSION } from '../context/version.ts';

/**
 * GET /health: is the process up. GET /ready: does the database respond, is the CA sealed. The names that Kubernetes
 * and others ask for by habit lead to the same and stand in no document.
 */
export const healthRoutes: Routes = (app, context) => {
  const health = () => ({ status: 'ok', version: VERSION });
  const ready = async () => ({ status: 'ok', ...(await readiness(context)) });
  const config = { operation: 'health.read' } as const;
  app.get(
    '/health',
    {
      config,
      schema: {
        summary: 'Is the process up',
        tags: ['service'],
        response: responses({ 200: HealthResponse }),
      },
    },
    health,
  );
  app.get(
    '/ready',
    {
      config,
      schema: { summary: 'Can it work', tags: ['service'], response: responses({ 200: ReadyResponse }) },
    },
    ready,
  );
  for (const name of ['/healthz', '/livez']) {
    app.get(name, { config }, health);
  }
  app.get('/readyz', { config }, ready);
};
