import fastifyPlugin from 'fastify-plugin';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_ERRORS, ApiError } from '../../../contract/errors.ts';
import type { App } from '../app-types.ts';
import { errorResponse } from '../error-response.ts';
import { translateError } from '../translate-error.ts';

const send = (request: FastifyRequest, reply: FastifyReply, error: ApiError): void => {
  const { http } = API_ERRORS[error.code];
  if (http >= 500) request.log.error({ err: error.cause ?? error, code: error.code }, 'request failed');
  if (error.retryAfter !== undefined) reply.header('retry-after', String(error.retryAfter));
  if (http === 401) reply.header('www-authenticate', 'Bearer');
  reply
    .code(http)
    .serializer(JSON.stringify)
    .type('application/json; charset=utf-8')
    .send(errorResponse(error, request.id));
};

interface Known {
  readonly method: string;
  readonly pattern: RegExp;
}

const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replace(/:\w+/g, '[^/]+')}$`);

/** JSON for every error: what services throw, what fastify refuses, unknown addresses (404), wrong methods (405). */
export const errorsPlugin = fastifyPlugin((app: App, _options: object, done) => {
  const known: Known[] = [];
  app.addHook('onRoute', (route) => {
    if (route.url.includes('*')) return;
    for (const method of [route.method].flat()) known.push({ method, pattern: patternOf(route.url) });
  });
  app.setErrorHandler((error, request, reply) => {
    send(request, reply, translateError(error));
  });
  app.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?', 1);
    const allowed = [
      ...new Set(known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
    ];
    if (allowed.length === 0) {
      send(request, reply, new ApiError('not_found', 'There is nothing at this address.'));
      return;
    }
    reply.header('allow', allowed.join(', '));
    send(request, reply, new ApiError('method_not_allowed', `This address takes ${allowed.join(', ')}.`));
  });
  done();
});
