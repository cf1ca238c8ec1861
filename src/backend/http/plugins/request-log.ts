import fastifyPlugin from 'fastify-plugin';
import type { App } from '../app-types.ts';
import { clientAddress } from '../client-address.ts';

const HEALTH = new Set(['/health', '/healthz', '/livez', '/ready', '/readyz']);

/** One line a response: never the query, a header or a body. Health checks are logged at level debug. */
export const requestLogPlugin = fastifyPlugin((app: App, _options: object, done) => {
  // Nothing of what these lines hold can be a secret: looking for one costs more than writing them.
  const lines = app.log.child({}, { redact: [] });
  app.addHook('onResponse', (request, reply, next) => {
    const [path = ''] = request.url.split('?', 1);
    const line = {
      reqId: request.id,
      method: request.method,
      path: path.slice(0, 256),
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
      address: clientAddress(request),
    };
    if (HEALTH.has(path)) {
      lines.debug(line, 'answered');
    } else {
      lines.info(line, 'answered');
    }
    next();
  });
  done();
});
