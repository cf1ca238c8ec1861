import { HealthAnswer, ReadyAnswer } from '../../domain/api/session.ts';
import { answers } from '../answers.ts';
import type { Routes } from '../app-types.ts';
import { readiness } from '../services/readiness.ts';
import { VERSION } from '../version.ts';

/** GET /health: is the process up. GET /ready: does the database answer, is the CA sealed. */
export const healthRoutes: Routes = (app, context) => {
  app.get(
    '/health',
    {
      config: { operation: 'health.read' },
      schema: { summary: 'Is the process up', tags: ['service'], response: answers({ 200: HealthAnswer }) },
    },
    () => ({ status: 'ok', version: VERSION }),
  );
  app.get(
    '/ready',
    {
      config: { operation: 'health.read' },
      schema: { summary: 'Can it work', tags: ['service'], response: answers({ 200: ReadyAnswer }) },
    },
    async () => ({ status: 'ok', ...(await readiness(context)) }),
  );
};
