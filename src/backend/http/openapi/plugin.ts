import fastifyPlugin from 'fastify-plugin';
import type { App } from '../app-types.ts';
import type { DescribedRoute } from './document.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** All routes with a schema, for the OpenAPI document. */
    readonly describedRoutes: readonly DescribedRoute[];
  }
}

/** Collects the routes' schemas; the document is made of them when somebody asks. */
export const openApiPlugin = fastifyPlugin((app: App, _options: object, done) => {
  const routes: DescribedRoute[] = [];
  app.addHook('onRoute', (route) => {
    if (route.schema === undefined) {
      return;
    }
    for (const method of [route.method].flat()) {
      if (method === 'HEAD') {
        continue;
      }
      routes.push({ method, url: route.url, schema: route.schema, operation: route.config?.operation });
    }
  });
  app.decorate('describedRoutes', routes);
  done();
});
