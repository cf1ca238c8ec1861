import { expect, it } from '@jest/globals';
import { startBackend } from './backend.ts';
import { readApiDocument } from './document.ts';

it('refuses an answer of another status, content type or shape than the document tells', async () => {
  const backend = await startBackend();
  const document = await readApiDocument(backend.url);
  await backend.close();
  const good = {
    method: 'GET',
    path: '/api/v1/health',
    status: 200,
    type: 'application/json',
    json: { status: 'ok', version: '1' },
  };
  const check = (change: object) => () => {
    document.check({ ...good, ...change });
  };
  expect(check({})).not.toThrow();
  expect(check({ status: 418 })).toThrow(/status/);
  expect(check({ type: 'text/html' })).toThrow(/content type/);
  expect(check({ json: { status: 'ok' } })).toThrow(/version/);
  expect(check({ json: { ...good.json, secret: 1 } })).toThrow(/secret/);
}, 60_000);
