import fastifyPlugin from 'fastify-plugin';
import type { App } from '../app-types.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * The response depends on nothing but the database, the requester and the address: it is kept until the database
     * changes.
     */
    readonly keep?: boolean;
  }
  interface FastifyRequest {
    /** Where this response will be kept: its key and the database's version before it was made. */
    keepAs: { readonly key: string; readonly version: string } | undefined;
  }
}

const MAX_BYTES = 8 * 1024 * 1024;
const MAX_ENTRIES = 1000;
/** Short responses are kept as texts, which leave in one piece with their headers. */
const SHORT = 16 * 1024;
const TYPE = 'application/json; charset=utf-8';

/** Responses by session and address, all of one version of the database. */
class ResponseCache {
  readonly #responses = new Map<string, string | Buffer>();
  #version = '';
  #bytes = 0;

  find(key: string, version: string): string | Buffer | undefined {
    if (version !== this.#version) {
      this.#begin(version);
    }
    return this.#responses.get(key);
  }

  keep(key: string, version: string, text: string): void {
    if (version !== this.#version || this.#responses.size >= MAX_ENTRIES) {
      return;
    }
    const response = Buffer.from(text);
    if (this.#bytes + response.length > MAX_BYTES) {
      return;
    }
    this.#bytes += response.length;
    this.#responses.set(key, response.length > SHORT ? response : text);
  }

  #begin(version: string): void {
    this.#responses.clear();
    this.#bytes = 0;
    this.#version = version;
  }
}

/**
 * Gives responses of routes marked `keep` again while the database is unchanged. The requester has been looked up for this
 * very request before, and a response is kept for that session only.
 *
 * @param version see {@link Database.version}; without it nothing is kept
 */
export const responseCachePlugin = fastifyPlugin(
  (app: App, { version }: { readonly version: (() => string) | undefined }, done) => {
    app.decorateRequest('keepAs', undefined);
    if (version === undefined) {
      done();
      return;
    }
    const responses = new ResponseCache();
    app.addHook('onRoute', (route) => {
      if (route.config?.keep !== true || route.method !== 'GET') {
        return;
      }
      route.preHandler = (request, reply, next) => {
        const now = version();
        const key = `${request.requester.principal?.session ?? ''} ${request.url}`;
        const known = responses.find(key, now);
        if (known !== undefined) {
          reply.type(TYPE).send(known);
          return;
        }
        request.keepAs = { key, version: now };
        next();
      };
      route.onSend = (request, reply, payload, next) => {
        const as = request.keepAs;
        if (as !== undefined && typeof payload === 'string' && reply.statusCode === 200) {
          if (version() === as.version) {
            responses.keep(as.key, as.version, payload);
          }
        }
        next(null, payload);
      };
    });
    done();
  },
);
