import { Readable } from 'node:stream';
import fastifyPlugin from 'fastify-plugin';
import type { App } from '../app-types.ts';

const LONG_BYTES = 256 * 1024;
const CHUNK_BYTES = 64 * 1024;

function* chunksOf(content: Buffer): Generator<Buffer> {
  for (let start = 0; start < content.length; start += CHUNK_BYTES) {
    yield content.subarray(start, start + CHUNK_BYTES);
  }
}

/**
 * Sends long responses in pieces, each once the one before has left: a connection that asks and does not read would
 * hold a copy of the whole response otherwise.
 */
export const longResponsesPlugin = fastifyPlugin((app: App, _options, done) => {
  app.addHook('onSend', (_request, reply, payload, next) => {
    const content = typeof payload === 'string' ? Buffer.from(payload) : payload;
    if (!Buffer.isBuffer(content) || content.length <= LONG_BYTES) {
      next(null, payload);
      return;
    }
    reply.header('content-length', content.length);
    next(null, Readable.from(chunksOf(content), { objectMode: false }));
  });
  done();
});
