import fastifyPlugin from 'fastify-plugin';
import type { Shutdown } from '../../context/shutdown.ts';
import type { App } from '../app-types.ts';

/** Counts the requests under way, and lets each response end its connection once the backend is about to stop. */
export const shutdownPlugin = fastifyPlugin(
  (app: App, { shutdown }: { readonly shutdown: Shutdown }, done) => {
    app.addHook('onRequest', (_request, _reply, next) => {
      shutdown.begin();
      next();
    });
    app.addHook('onSend', (_request, reply, payload, next) => {
      if (shutdown.announced) {
        reply.header('connection', 'close');
      }
      next(null, payload);
    });
    app.addHook('onResponse', (_request, _reply, next) => {
      shutdown.end();
      next();
    });
    done();
  },
);
