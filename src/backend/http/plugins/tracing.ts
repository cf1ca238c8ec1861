import fastifyPlugin from 'fastify-plugin';
import type { FastifyRequest } from 'fastify';
import type { App } from '../app-types.ts';
import type { RequestSpan, Tracing } from '../../tracing/tracing.ts';

/** Asked every second by whoever watches the backend. */
const WATCHED = /\/(?:health|healthz|livez|ready|readyz|metrics)$/;

/** Lets each request run in a span of its own; register it before all other hooks. */
export const tracingPlugin = fastifyPlugin((app: App, { tracing }: { tracing: Tracing }, done) => {
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  const enter = (request: FastifyRequest, next: () => void): void => {
    const span = spans.get(request);
    if (span === undefined) {
      next();
    } else {
      span.enter(next);
    }
  };
  app.addHook('onRequest', (request, _reply, next) => {
    if (!WATCHED.test(request.routeOptions.url ?? '')) {
      spans.set(request, tracing.request(request.method, request.headers));
    }
    enter(request, next);
  });
  // The body's events come from the connection, which belongs to no request.
  app.addHook('preValidation', (request, _reply, next) => {
    enter(request, next);
  });
  app.addHook('onResponse', (request, reply, next) => {
    spans.get(request)?.end(request.routeOptions.url, reply.statusCode);
    enter(request, next);
  });
  app.addHook('onRequestAbort', (request, next) => {
    spans.get(request)?.end(request.routeOptions.url, undefined);
    next();
  });
  done();
});
