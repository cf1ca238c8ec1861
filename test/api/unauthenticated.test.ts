import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { uniqueName } from '../support/unique-name.ts';
import { startBackend, type Backend } from './backend.ts';

const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ security: z.array(z.looseObject({})) }))),
});

interface Operation {
  readonly method: string;
  readonly path: string;
}

let backend: Backend;
let operations: readonly Operation[] = [];
let siteId = 0;

beforeAll(async () => {
  backend = await startBackend();
  const { paths } = Document.parse(await (await fetch(`${backend.url}/openapi.json`)).json());
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security }]) => security.every((way) => Object.keys(way).length > 0))
      .map(([method]) => ({ method: method.toUpperCase(), path })),
  );
  const site = await backend.admin('POST', '/clients', { name: 'site-1', organization: 'clinic' });
  siteId = z.object({ id: z.number() }).parse(site.json['client']).id;
}, 60_000);
afterAll(() => backend.close());

const send = async (
  { method, path }: Operation,
  id: string,
  headers: Record<string, string>,
  body?: string,
) => {
  const response = await fetch(`${backend.url}${path.replace(/\{\w+\}/, id)}`, {
    method,
    headers,
    ...(body === undefined || method === 'GET' ? {} : { body }),
  });
  const { status } = z.object({ status: z.string() }).parse(await response.json());
  return `${method} ${path} ${response.status} ${status}`;
};

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a request without a session', () => {
  test('finds operations that need one', () => {
    expect(operations.length).toBeGreaterThan(20);
  });

  test.each([
    ['a body that is no JSON', '1', JSON_TYPE, '{'],
    ['a body that is null', '1', JSON_TYPE, 'null'],
    ['a body that is no UTF-8 text', '1', { 'content-type': 'application/json; charset=latin1' }, '{}'],
    ['an unknown content type', '1', { 'content-type': 'text/plain' }, 'hello'],
    ['a body that breaks the schema', '1', JSON_TYPE, '{"name":7,"email":7,"pin":7,"users":7}'],
    ['a body that is too large', '1', JSON_TYPE, `"${'x'.repeat(200_000)}"`],
    ['an ID that is none', 'abc', JSON_TYPE, '{}'],
    ['an ID that nobody has', '999999', JSON_TYPE, '{}'],
    ['an expired or forged token', '1', { ...JSON_TYPE, authorization: 'Bearer a.b.c' }, '{'],
    ['an empty bearer', '1', { ...JSON_TYPE, authorization: 'Bearer ' }, '{'],
  ] as const)('is answered 401 before anything else: %s', async (_what, id, headers, body) => {
    const answers = await Promise.all(operations.map((operation) => send(operation, id, headers, body)));
    expect(answers.filter((response) => !response.endsWith('401 unauthenticated'))).toEqual([]);
  });
});

describe('a request of somebody without the right', () => {
  test.each([
    ['PATCH', '/project', '{'],
    ['POST', '/servers/1/blob', 'null'],
    ['POST', '/approvals', '{"decision":7}'],
    ['PATCH', '/users/1', '{'],
    ['DELETE', '/users/abc', ''],
    ['POST', '/users/1/blob', '{'],
  ])('is refused before its body is looked at: %s %s %s', async (method, path, body) => {
    const member = await backend.user(`${uniqueName()}@example.org`, 'member', 'clinic', 100);
    const response = await fetch(`${backend.url}/api/v1${path}`, {
      method,
      headers: { ...JSON_TYPE, authorization: `Bearer ${member.token}` },
      body,
    });
    expect([response.status, await response.json()]).toMatchObject([403, { status: 'unauthorized' }]);
  });

  test('is refused for the site in its address before its body is looked at', async () => {
    const member = await backend.user('colleague@example.org', 'member', 'clinic', 100);
    const response = await fetch(`${backend.url}/api/v1/clients/${siteId}`, {
      method: 'PATCH',
      headers: { ...JSON_TYPE, authorization: `Bearer ${member.token}` },
      body: '{',
    });
    expect([response.status, await response.json()]).toMatchObject([403, { status: 'unauthorized' }]);
  });
});
