import type { FastifySchema } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { AUTHORIZATION, type Operation } from '../../auth/authorization.ts';

/** A route as the document needs it. */
export interface DescribedRoute {
  readonly method: string;
  readonly url: string;
  readonly schema: FastifySchema;
  readonly operation: Operation | undefined;
}

type Json = Readonly<Record<string, unknown>>;

const PREFIX = /^(\/nvflare-dashboard)?\/api\/v1/;
const ContentResponse = z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) });

/** What was made of each schema: hundreds of routes share those of their errors. */
const made = { input: new WeakMap<z.ZodType, Json>(), output: new WeakMap<z.ZodType, Json>() };

const jsonSchema = (schema: unknown, io: 'input' | 'output'): Json => {
  if (!(schema instanceof z.ZodType)) {
    return {};
  }
  const known = made[io].get(schema);
  if (known !== undefined) {
    return known;
  }
  const entries = Object.entries(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
  const json = Object.fromEntries(entries.filter(([key]) => key !== '$schema'));
  made[io].set(schema, json);
  return json;
};

const properties = (schema: Json): readonly (readonly [string, unknown])[] => {
  const found = z.record(z.string(), z.unknown()).safeParse(schema['properties']);
  return found.success ? Object.entries(found.data) : [];
};

const parameters = (schema: unknown, place: 'path' | 'query'): readonly Json[] =>
  properties(jsonSchema(schema, 'output')).map(([name, type]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: type,
  }));

const RESPONSE_HEADERS: Json = {
  'x-request-id': {
    description: 'The id under which the log tells of this request.',
    schema: { type: 'string' },
  },
};

const responseOf = (status: string, schema: unknown): Json => {
  const base = { description: STATUS_CODES[status] ?? status, headers: RESPONSE_HEADERS };
  const typed = ContentResponse.safeParse(schema);
  if (typed.success) {
    const content = Object.entries(typed.data.content).map(([type, entry]) => [
      type,
      { schema: type === 'application/json' ? jsonSchema(entry.schema, 'output') : { type: 'string' } },
    ]);
    return { ...base, content: Object.fromEntries(content) };
  }
  return { ...base, content: { 'application/json': { schema: jsonSchema(schema, 'output') } } };
};

const operationId = ({ method, url }: DescribedRoute): string =>
  `${method.toLowerCase()}${url.replace(PREFIX, (match) => (match.startsWith('/nv') ? '/flare' : '')).replaceAll(/[/:_.-]+(\w)/g, (_all, next: string) => `_${next}`)}`;

const describe = (route: DescribedRoute): Json => {
  const { schema, operation } = route;
  const open = operation === undefined || AUTHORIZATION[operation] === 'anyone';
  const responses = z.record(z.string(), z.unknown()).catch({}).parse(schema.response);
  return {
    operationId: operationId(route),
    ...(schema.summary === undefined ? {} : { summary: schema.summary }),
    ...(schema.description === undefined ? {} : { description: schema.description }),
    ...(schema.tags === undefined ? {} : { tags: schema.tags }),
    security: open ? [{}, { bearerAuth: [] }] : [{ bearerAuth: [] }, { pageSession: [] }],
    parameters: [...parameters(schema.params, 'path'), ...parameters(schema.querystring, 'query')],
    ...(schema.body === undefined
      ? {}
      : { requestBody: { content: { 'application/json': { schema: jsonSchema(schema.body, 'input') } } } }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, response]) => [status, responseOf(status, response)]),
    ),
  };
};

/**
 * The OpenAPI 3.1 document of the routes as they are registered.
 *
 * @param version of the backend
 */
export const openApiDocument = (routes: readonly DescribedRoute[], version: string): Json => {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.url.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describe(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'NVFLARE dashboard',
      version,
      description: 'Registration, approval and startup kits of a federated-learning project.',
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      securitySchemes: {
        bearerAuth: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        pageSession: { type: 'apiKey', in: 'cookie', name: 'nvflare_dashboard_session' },
      },
    },
  };
};
