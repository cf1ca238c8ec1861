import fastifyPlugin from 'fastify-plugin';
import type { App } from '../app-types.ts';
import { acceptedEncoding } from '../accepted-encoding.ts';
import { compressed } from '../compressed.ts';

const MIN_BYTES = 4096;
const TYPES = /^(?:application\/json|text\/html)\b/;

/**
 * Compresses long JSON responses and the API document for those who accept it; the page's files are compressed when they are built. It is
 * done at once: the threads of the pool may be busy with passwords and keys for seconds. Sizes tell a stranger
 * nothing (BREACH): no other site can ask with the cookie, which is SameSite=Strict.
 */
export const compressionPlugin = fastifyPlugin((app: App, _options, done) => {
  app.addHook('onSend', (request, reply, payload, next) => {
    const content = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : '';
    const type = reply.getHeader('content-type');
    if (content.length < MIN_BYTES || typeof type !== 'string' || !TYPES.test(type)) {
      next(null, payload);
      return;
    }
    reply.header('vary', 'accept-encoding');
    const encoding = acceptedEncoding(request.headers['accept-encoding']);
    if (encoding === undefined) {
      next(null, payload);
      return;
    }
    const smaller = compressed(content, encoding);
    const tag = reply.getHeader('etag');
    // Another coding is another representation (RFC 9110, 8.8.3.3).
    if (typeof tag === 'string') {
      reply.header('etag', tag.replace(/"$/, `-${encoding}"`));
    }
    reply.header('content-encoding', encoding).header('content-length', smaller.length);
    next(null, smaller);
  });
  done();
});
