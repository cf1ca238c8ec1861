import fastifyPlugin from 'fastify-plugin';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_ERRORS, ApiError, PRECONDITION_FAILED } from '../../../contract/errors.ts';
import type { App } from '../app-types.ts';
import { errorResponse } from '../error-response.ts';
import { ambiguityOf } from '../host-header.ts';
import { translateError } from '../translate-error.ts';
import { isDecodable, routedAddress } from '../public-address.ts';
import { isPageAddress } from './pages.ts';

const send = (request: FastifyRequest, reply: FastifyReply, error: ApiError): void => {
  const isCondition = error.code === 'changed' && request.headers['if-match'] !== undefined;
  const http = isCondition ? PRECONDITION_FAILED : API_ERRORS[error.code].http;
  if (http >= 500) {
    request.log.error({ err: error.cause ?? error, code: error.code }, 'request failed');
  }
  if (error.retryAfter !== undefined) {
    reply.header('retry-after', String(error.retryAfter));
  }
  if (http === 401) {
    reply.header('www-authenticate', 'Bearer');
  }
  reply
    .code(http)
    .serializer(JSON.stringify)
    .type('application/json; charset=utf-8')
    .send(errorResponse(error, request.id));
};

const PAGE_METHODS = ['GET', 'HEAD'];

interface Known {
  readonly method: string;
  readonly pattern: RegExp;
}

const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replace(/:\w+/g, '[^/]+')}$`);

const pathOf = (url: string): string =>
  (url.split('?', 1)[0] ?? '').replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');

/**
 * JSON for every error: what services throw, what fastify refuses, unknown addresses (404), wrong methods (405).
 * Responds to OPTIONS with the methods of the address (204), as proxies check the health so.
 */
export const errorsPlugin = fastifyPlugin((app: App, _options: object, done) => {
  const known: Known[] = [];
  app.addHook('onRoute', (route) => {
    if (route.url.includes('*')) {
      return;
    }
    for (const method of [route.method].flat()) {
      known.push({ method, pattern: patternOf(route.url) });
    }
  });
  app.addHook('onRequest', (request, reply, next) => {
    const ambiguity = ambiguityOf(request);
    if (ambiguity === undefined) {
      next();
      return;
    }
    // What follows on this connection may be part of this request.
    reply.header('connection', 'close');
    next(new ApiError('malformed', ambiguity));
  });
  app.setErrorHandler((error, request, reply) => {
    send(request, reply, translateError(error));
  });
  app.setNotFoundHandler((request, reply) => {
    if (!isDecodable(request.originalUrl)) {
      send(request, reply, new ApiError('malformed', 'The address is malformed.'));
      return;
    }
    const path = pathOf(routedAddress(request.url));
    const matching = known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    const isPage = matching.length === 0 && (path === '*' || isPageAddress(path));
    const allowed = isPage ? PAGE_METHODS : [...new Set(matching)];
    if (request.method === 'OPTIONS' && allowed.length > 0) {
      void reply
        .code(204)
        .header('allow', [...allowed, 'OPTIONS'].join(', '))
        .send();
      return;
    }
    if (allowed.length === 0 || allowed.includes(request.method)) {
      send(request, reply, new ApiError('not_found', 'There is nothing at this address.'));
      return;
    }
    reply.header('allow', allowed.join(', '));
    send(request, reply, new ApiError('method_not_allowed', `This address takes ${allowed.join(', ')}.`));
  });
  done();
});
