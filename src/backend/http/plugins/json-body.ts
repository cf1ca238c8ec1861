import fastifyPlugin from 'fastify-plugin';
import type { App } from '../app-types.ts';

/** JSON only; an empty body under a JSON content type counts as none, as many clients send it with DELETE. */
export const jsonBodyPlugin = fastifyPlugin((app: App, _options: object, done) => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, next): void => {
    if (body.trim() === '') next(null, undefined);
    else void parse(request, body, next);
  });
  done();
});
