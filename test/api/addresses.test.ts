import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Backend } from './backend.ts';

const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
const JSON_TYPE = 'application/json; charset=utf-8';

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
}, 60_000);
afterAll(() => backend.close());

const ask = (path: string, method = 'GET', accept = '*/*'): Promise<Response> =>
  fetch(`${backend.url}${path}`, {
    method,
    headers: { accept, authorization: `Bearer ${backend.admin.token}` },
  });

it('answers HEAD like GET, without a body, at every address of the API document', async () => {
  const { paths } = Document.parse(await (await ask('/openapi.json')).json());
  const readable = Object.entries(paths)
    .filter(([, methods]) => 'get' in methods)
    .map(([path]) => path.replaceAll(/\{\w+\}/g, '1'));
  expect(readable.length).toBeGreaterThan(20);
  for (const path of [...readable, '/', '/users', '/favicon.svg']) {
    const [get, head] = [await ask(path), await ask(path, 'HEAD')];
    const type = get.headers.get('content-type');
    await get.arrayBuffer();
    expect([path, head.status, head.headers.get('content-type')]).toEqual([path, get.status, type]);
    expect((await head.arrayBuffer()).byteLength).toBe(0);
  }
});

describe.each(['', '/nvflare-dashboard'])('below "%s"', (prefix) => {
  it.each([
    '/api',
    '/api/v1/nothing',
    '/API/V1/nothing',
    '/api/v2/users',
    '/v1/users',
    '/api//v1//nothing',
    '/graphql',
    '/metrics',
    '/health/nothing',
    '/healthz/nothing',
    '/ready/nothing',
    '/docs/nothing',
    '/.well-known/openid-configuration',
    '/.env',
  ])('rejects %s in JSON, also for a browser', async (path) => {
    const response = await ask(`${prefix}${path}`, 'GET', 'text/html,*/*;q=0.8');
    expect([response.status, response.headers.get('content-type')]).toEqual([404, JSON_TYPE]);
  });

  it.each(['/nothing', '/users/1', '/login', '/project/1/blob'])(
    'gives programs no page at %s',
    async (path) => {
      const response = await ask(`${prefix}${path}`);
      expect([response.status, response.headers.get('content-type')]).toEqual([404, JSON_TYPE]);
    },
  );

  it.each([
    ['/users/1', 200],
    ['/organizations/North', 200],
    ['/inbox?x=1', 200],
    ['/nothing', 404],
    ['/users/1/nothing', 404],
  ])('gives a browser the page at %s, with the status %i', async (path, status) => {
    const response = await ask(`${prefix}${path}`, 'GET', 'text/html,*/*;q=0.8');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      'text/html; charset=utf-8',
    ]);
    expect(await response.text()).toContain('<html');
  });

  it.each([
    '/health',
    '/healthz',
    '/livez',
    '/ready',
    '/readyz',
    '/openapi.json',
    '/docs',
    '/api/v1/project',
  ])('merges doubled slashes before %s', async (path) => {
    const plain = await ask(`${prefix}${path}`);
    await plain.arrayBuffer();
    const doubled = await ask(`/${prefix}${path}`.replaceAll('/', '//').slice(1));
    await doubled.arrayBuffer();
    expect(plain.status).toBe(200);
    expect(plain.headers.get('content-type')).not.toBe('text/html');
    expect([doubled.status, doubled.headers.get('content-type')]).toEqual([
      200,
      plain.headers.get('content-type'),
    ]);
  });
});
