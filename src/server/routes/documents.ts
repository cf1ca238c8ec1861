import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { answers } from '../answers.ts';
import type { Routes } from '../app-types.ts';
import { contentSecurityPolicy } from '../plugins/security-headers.ts';
import { VERSION } from '../version.ts';

const JsonDocument = z.record(z.string(), z.unknown());
const Html = { content: { 'text/html': { schema: z.string() } } };

/** GET /openapi.json and the page to read it, /docs */
export const documentRoutes: Routes = (app) => {
  let made: Readonly<Record<string, unknown>> | undefined;
  const document = async (): Promise<Record<string, unknown>> => {
    const { openApiDocument } = await import('../openapi/document.ts');
    made ??= openApiDocument(app.describedRoutes, VERSION);
    return { ...made };
  };
  app.get(
    '/openapi.json',
    {
      config: { operation: 'document.read' },
      schema: { summary: 'This document', tags: ['service'], response: answers({ 200: JsonDocument }) },
    },
    () => document(),
  );
  app.get(
    '/docs',
    {
      config: { operation: 'document.read' },
      schema: { summary: 'This document, to be read', tags: ['service'], response: answers({ 200: Html }) },
    },
    async (_request, reply) => {
      const { readingPage } = await import('../openapi/reading-page.ts');
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
