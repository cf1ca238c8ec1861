import fastifyPlugin from 'fastify-plugin';
import type { App } from '../app-types.ts';
import { API_PREFIX, NVIDIA_PREFIX } from '../public-address.ts';
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
      const described = { method, schema: route.schema, operation: route.config?.operation };
      routes.push({ ...described, url: route.url });
      if (route.url.startsWith(`${API_PREFIX}/`)) {
        routes.push({ ...described, url: NVIDIA_PREFIX + route.url });
      }
    }
  });
  app.decorate('describedRoutes', routes);
  done();
});
