import { z } from 'zod';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { contentSecurityPolicy } from '../http/plugins/security-headers.ts';
import { VERSION } from '../context/version.ts';

const JsonDocument = { content: { 'application/json': { schema: z.record(z.string(), z.unknown()) } } };
const Html = { content: { 'text/html': { schema: z.string() } } };

/** GET /openapi.json and the page to read it, /docs */
export const documentRoutes: Routes = (app) => {
  let made: Readonly<Record<string, unknown>> | undefined;
  let json: Buffer | undefined;
  let page: Buffer | undefined;
  const document = async (): Promise<Readonly<Record<string, unknown>>> => {
    const { openApiDocument } = await import('../http/openapi/document.ts');
    return (made ??= openApiDocument(app.describedRoutes, VERSION));
  };
  app.get(
    '/openapi.json',
    {
      config: { operation: 'document.read' },
      schema: { summary: 'This document', tags: ['service'], response: responses({ 200: JsonDocument }) },
    },
    async (_request, reply) => {
      json ??= Buffer.from(JSON.stringify(await document()));
      return reply.type('application/json; charset=utf-8').send(json);
    },
  );
  app.get(
    '/docs',
    {
      config: { operation: 'document.read' },
      schema: { summary: 'This document, to be read', tags: ['service'], response: responses({ 200: Html }) },
    },
    async (_request, reply) => {
      const { readingPage, STYLE_SOURCE } = await import('../http/openapi/reading-page.ts');
      page ??= Buffer.from(readingPage(await document()));
      return reply
        .header('content-security-policy', contentSecurityPolicy(STYLE_SOURCE))
        .type('text/html; charset=utf-8')
        .send(page);
    },
  );
};
