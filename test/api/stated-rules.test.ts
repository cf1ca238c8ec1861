import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Backend } from './backend.ts';

const Refusal = z.object({ fields: z.array(z.object({ path: z.string() })) });
const Body = z.object({
  properties: z.record(
    z.string(),
    z.object({ maxLength: z.number(), pattern: z.string() }).optional().catch(undefined),
  ),
});
const Content = z.object({ content: z.object({ 'application/json': z.object({ schema: Body }) }) });
const Document = z.object({
  paths: z.record(
    z.string(),
    z.object({ post: z.object({ requestBody: Content }).optional().catch(undefined) }),
  ),
});

const ORGANIZATIONS = ['clinic_1', 'a clinic', 'clinic-1', 'Klinik_Ä', 'x'.repeat(64), 'x'.repeat(65)];
const SITES = ['site-1', 'site.1', 'my site', '../site', 'x'.repeat(64), 'x'.repeat(65)];
const EMAILS = ["o'brien@example.org", 'a b@example.org', 'a@b', 'ä@example.org', 'a%40b@c.org'];
const SITE = { name: 'a-site', organization: 'clinic' };
const PERSON = { email: 'a@example.org', password: 'seven harbours 4 a lantern', organization: 'clinic' };

let backend: Backend;
let document: z.infer<typeof Document>;
beforeAll(async () => {
  backend = await startBackend();
  document = Document.parse((await backend.stranger('GET', '/openapi.json')).json);
});
afterAll(() => backend.close());

/** Returns what the document says of a text: 201, or the field that it excludes. */
const stated = (path: string, field: string, text: string): number | string => {
  const body = document.paths[`/api/v1${path}`]?.post?.requestBody.content['application/json'].schema;
  const { maxLength = 0, pattern = '^$' } = body?.properties[field] ?? {};
  return text.length <= maxLength && new RegExp(pattern).test(text) ? 201 : field;
};

it.each([
  ['/clients', 'name', SITE, SITES],
  ['/clients', 'organization', SITE, ORGANIZATIONS],
  ['/users', 'organization', PERSON, ['', ...ORGANIZATIONS]],
  ['/users', 'email', PERSON, EMAILS],
])('POST %s refuses in %s just what the OpenAPI document excludes', async (path, field, body, texts) => {
  const send = async (text: string, at: number): Promise<number | string | undefined> => {
    const unique = path === '/users' ? { email: `p${at}@example.org` } : { name: `s-${field}-${at}` };
    const { status, json } = await backend.admin('POST', path, { ...body, ...unique, [field]: text });
    return Refusal.safeParse(json).data?.fields[0]?.path ?? status;
  };
  const responses = await Promise.all(texts.map(send));
  expect(responses).toEqual(texts.map((text) => stated(path, field, text)));
  expect(new Set(responses)).toEqual(new Set([201, field]));
});
