import fastifyPlugin from 'fastify-plugin';
import { z } from 'zod';
import type { App } from '../app-types.ts';
import { entityTagOf, isKnown } from '../entity-tag.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The response is one resource and gets an entity tag; its version is below this key of the body, if it has one. */
    readonly entity?: 'user' | 'client' | 'project' | 'request' | true;
  }
}

const Versioned = z.object({ version: z.string() });
const Body = z.record(z.string(), z.unknown());

const versionIn = (body: string | Buffer, entity: string | true): string | undefined =>
  entity === true
    ? undefined
    : Versioned.safeParse(Body.parse(JSON.parse(body.toString()))[entity]).data?.version;

/** Sends single resources under a strong entity tag, or 304 where the requester has them already. */
export const entityTagsPlugin = fastifyPlugin((app: App, _options, done) => {
  app.addHook('onSend', (request, reply, payload, next) => {
    const { entity } = request.routeOptions.config;
    const isBody = typeof payload === 'string' || Buffer.isBuffer(payload);
    if (entity === undefined || !isBody || reply.statusCode !== 200) {
      next(null, payload);
      return;
    }
    const tag = entityTagOf(payload, versionIn(payload, entity));
    reply.header('etag', tag);
    if (!isKnown(request, tag)) {
      next(null, payload);
      return;
    }
    reply.code(304).type('text/plain').removeHeader('content-length');
    next(null, null);
  });
  done();
});
