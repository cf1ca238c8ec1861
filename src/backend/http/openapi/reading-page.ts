import { createHash } from 'node:crypto';
import { z } from 'zod';

const Response = z.object({ description: z.string(), content: z.unknown().optional() });
type Response = z.infer<typeof Response>;
const Operation = z.object({
  summary: z.string().default(''),
  description: z.string().default(''),
  parameters: z.array(z.object({ name: z.string(), in: z.string() })),
  requestBody: z.unknown().optional(),
  responses: z.record(z.string(), Response),
});
const Document = z.object({
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
});

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '');

const block = (title: string, value: unknown): string =>
  value === undefined
    ? ''
    : `<details><summary>${escape(title)}</summary><pre>${escape(JSON.stringify(value, null, 2))}</pre></details>`;

const FIRST_ERROR = 400;

/** Errors look alike, and the document itself has them all. */
const responseBlock = (status: string, { description, content }: Response): string =>
  Number(status) < FIRST_ERROR
    ? block(`${status} ${description}`, content)
    : `<p>${escape(`${status} ${description}`)}</p>`;

const section = (path: string, method: string, operation: z.infer<typeof Operation>): string => `<section>
<h2><code>${method.toUpperCase()} ${escape(path)}</code></h2>
<p>${escape(operation.summary)}</p><p>${escape(operation.description)}</p>
${operation.parameters.length === 0 ? '' : `<p>Parameters: ${operation.parameters.map((one) => `<code>${escape(one.name)}</code> (${escape(one.in)})`).join(', ')}</p>`}
${block('Request', operation.requestBody)}
${Object.entries(operation.responses)
  .map(([status, response]) => responseBlock(status, response))
  .join('\n')}
</section>`;

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h2{font-size:1.1rem;border-top:1px solid #ccc;padding-top:1rem}pre{overflow:auto;background:#f4f4f4;padding:.5rem}
@media(prefers-color-scheme:dark){body{background:#111;color:#eee}pre{background:#222}a{color:#9cf}}`;

/** Source of the page's style in a content security policy. */
export const STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** The OpenAPI document as one HTML page without scripts. */
export const readingPage = (document: unknown): string => {
  const { info, paths } = Document.parse(document);
  const sections = Object.entries(paths).flatMap(([path, methods]) =>
    path.startsWith('/nvflare-dashboard')
      ? []
      : Object.entries(methods).map(([method, operation]) => section(path, method, operation)),
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(info.title)} API</title>
<meta name="viewport" content="width=device-width">
<style>${STYLE}</style></head>
<body><h1>${escape(info.title)} API ${escape(info.version)}</h1>
<p>Every route below <code>/api/v1</code> is also there below <code>/nvflare-dashboard/api/v1</code>.
The document itself: <a href="openapi.json">openapi.json</a>.</p>
${sections.join('\n')}</body></html>`;
};
