import fastifyPlugin from 'fastify-plugin';
import { z } from 'zod';
import { responses } from '../responses.ts';
import type { App } from '../app-types.ts';
import type { ServiceContext } from '../../context/context.ts';
import { ResponseTimes } from '../metrics/response-times.ts';
import { backupMetrics } from '../metrics/backup-metrics.ts';
import { backendMetrics } from '../metrics/backend-metrics.ts';
import { projectMetrics } from '../metrics/project-metrics.ts';
import { exposition, EXPOSITION_TYPE } from '../metrics/exposition.ts';

const TextResponse = { content: { 'text/plain': { schema: z.string() } } };

/** GET /metrics at the root, and the counting behind it; register it before the other routes. */
export const metricsPlugin = fastifyPlugin((app: App, context: ServiceContext, done) => {
  const times = new ResponseTimes();
  app.addHook('onResponse', (request, reply, next) => {
    const route = request.routeOptions.url ?? 'none';
    times.add(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    next();
  });
  app.get(
    '/metrics',
    {
      config: { operation: 'metrics.read' },
      schema: {
        summary: 'Figures for Prometheus; there when NVFL_METRICS is 1',
        tags: ['service'],
        response: responses({ 200: TextResponse }),
      },
    },
    async (_request, reply) => {
      const [project, backups] = await Promise.all([
        projectMetrics(context),
        backupMetrics(context.config.webRoot),
      ]);
      return reply
        .type(EXPOSITION_TYPE)
        .send(exposition([...backendMetrics(context), ...project, ...backups, times.metric()]));
    },
  );
  done();
});
