import fastifyPlugin from 'fastify-plugin';
import type { App } from '../app-types.ts';

/** Content security policy; `inline` is the source of the page's inline style and script elements. */
export const contentSecurityPolicy = (inline?: string): string => {
  if (inline === undefined) {
    return "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
  }
  return [
    "default-src 'none'",
    `script-src 'self' ${inline}`,
    `style-src 'self' ${inline}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
};

/** Headers of every response, also of those that never reach a route. */
export const securityHeaders = (secure: boolean): Readonly<Record<string, string>> => ({
  'content-security-policy': contentSecurityPolicy(),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
  ...(secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
});

/** Puts the security headers on every response before any handler runs; pages overwrite single ones. */
export const securityHeadersPlugin = fastifyPlugin((app: App, _options: object, done) => {
  const headers = { http: securityHeaders(false), https: securityHeaders(true) };
  app.addHook('onRequest', (request, reply, next) => {
    reply.headers(headers[request.protocol === 'https' ? 'https' : 'http']);
    reply.header('x-request-id', request.id);
    next();
  });
  done();
});
