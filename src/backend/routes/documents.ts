import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { contentSecurityPolicy } from '../http/plugins/security-headers.ts';
import { VERSION } from '../context/version.ts';

const JsonDocument = z.record(z.string(), z.unknown());
const Html = { content: { 'text/html': { schema: z.string() } } };

/** GET /openapi.json and the page to read it, /docs */
export const documentRoutes: Routes = (app) => {
  let made: Readonly<Record<string, unknown>> | undefined;
  const document = async (): Promise<Record<string, unknown>> => {
    const { openApiDocument } = await import('../http/openapi/document.ts');
    made ??= openApiDocument(app.describedRoutes, VERSION);
    return { ...made };
  };
  app.get(
    '/openapi.json',
    {
      config: { operation: 'document.read' },
      schema: { summary: 'This document', tags: ['service'], response: responses({ 200: JsonDocument }) },
    },
    () => document(),
  );
  app.get(
    '/docs',
    {
      config: { operation: 'document.read' },
      schema: { summary: 'This document, to be read', tags: ['service'], response: responses({ 200: Html }) },
    },
    async (_request, reply) => {
      const { readingPage } = await import('../http/openapi/reading-page.ts');
      const nonce = randomBytes(16).toString('base64');
      const page = readingPage(await document(), nonce);
      return reply
        .header('content-security-policy', contentSecurityPolicy(nonce))
        .type('text/html; charset=utf-8')
        .serializer((text: string) => text)
        .send(page);
    },
  );
};
