import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Operation } from '../auth/authorization.ts';
import type { ServiceContext } from '../context/context.ts';
import type { Requester } from '../auth/principal.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Row of the authorization table that the route stands on. */
    readonly operation?: Operation;
    /** Kind of object that the address's `:id` names, where the operation is decided for that object. */
    readonly target?: 'account' | 'site';
  }
  interface FastifyRequest {
    /** The requester and the address; set by the authentication plugin before any handler. */
    requester: Requester;
  }
}

/** The fastify instance with schemas in zod. */
export type App = FastifyInstance<
  Server,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Adds one group of routes; registered once under each prefix. */
export type Routes = (app: App, context: ServiceContext) => void;
