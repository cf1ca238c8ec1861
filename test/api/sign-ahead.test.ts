import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { KNOWN_SIGNATURES } from '../../src/kits/known-signatures.ts';
import { until } from '../support/until.ts';
import { startBackend, type Backend } from './backend.ts';

/** Files in startup/ of a site and of a person, some of them the same. */
const MIN_FILES = 8;

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
}, 60_000);
afterAll(() => backend.close());

test('signs what kits will hold before anybody downloads one', async () => {
  const { json } = await backend.admin('POST', '/clients', { name: 'site-1', organization: 'hospital' });
  expect(json).toMatchObject({ client: { id: 1 } });
  await backend.admin('PATCH', '/clients/1', { approval_state: 100 });
  expect(KNOWN_SIGNATURES.size).toBe(0);
  const project = { short_name: 'ahead', server1: 'server.example.org', key_bits: 2048, frozen: true };
  expect((await backend.admin('PATCH', '/project', project)).status).toBe(200);
  expect(await until(() => KNOWN_SIGNATURES.size >= MIN_FILES)).toBe(true);
  const kit = await backend.admin('POST', '/clients/1/blob', { pin: 'Pin4Zip9' });
  expect([kit.status, kit.bytes.length > 1000]).toEqual([200, true]);
}, 40_000);
