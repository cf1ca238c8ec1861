import fastifyPlugin from 'fastify-plugin';
import { z } from 'zod';
import { answers } from '../answers.ts';
import type { App } from '../app-types.ts';
import type { ServiceContext } from '../context.ts';
import { AnswerTimes } from '../metrics/answer-times.ts';
import { backendMetrics } from '../metrics/backend-metrics.ts';
import { exposition, EXPOSITION_TYPE } from '../metrics/exposition.ts';

const TextAnswer = { content: { 'text/plain': { schema: z.string() } } };

/** GET /metrics at the root, and the counting behind it; register it before the other routes. */
export const metricsPlugin = fastifyPlugin((app: App, context: ServiceContext, done) => {
  const times = new AnswerTimes();
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
        response: answers({ 200: TextAnswer }),
      },
    },
    (_request, reply) =>
      reply.type(EXPOSITION_TYPE).send(exposition([...backendMetrics(context), times.metric()])),
  );
  done();
});
