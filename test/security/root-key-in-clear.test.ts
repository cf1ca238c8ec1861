import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startBackend, type Ask, type Backend } from '../api/backend.ts';

const PASSPHRASE = 'harbour lights at dusk';

let backend: Backend;
let lead: Ask;

beforeAll(async () => {
  backend = await startBackend();
  lead = await backend.user('lead@example.org', 'lead', 'hospital', 100);
}, 180_000);
afterAll(() => backend.close());

const warnings = async (): Promise<unknown> => (await backend.stranger('GET', '/ready')).json['warnings'];

it('warns before the project is frozen, and not once a passphrase is given', async () => {
  const warning = {
    name: 'passphrase',
    outcome: 'warning',
    code: 'key_in_clear',
    value: '',
    message: expect.stringContaining('unencrypted'),
  };
  const { json } = await backend.admin('POST', '/project/checks');
  expect(json['checks']).toContainEqual(warning);
  const other = await startBackend({ passphrase: PASSPHRASE });
  const safe = await other.admin('POST', '/project/checks');
  expect(safe.json['checks']).not.toContainEqual(expect.objectContaining({ name: 'passphrase' }));
  await other.close();
});

it('tells the project admin alone, warns at every start, and stops once the key is encrypted', async () => {
  expect(await warnings()).toBe(0);
  await backend.admin('PATCH', '/project', {
    short_name: 'demo',
    server1: 'fl.example.org',
    key_bits: 2048,
    frozen: true,
  });
  expect((await backend.admin('GET', '/ca')).json).toMatchObject({ key_encrypted: false });
  expect((await lead('GET', '/ca')).json).not.toHaveProperty('key_encrypted');
  // The first one warns of files that this test opened as well.
  backend = await (await backend.restart()).restart();
  expect(await warnings()).toBe(1);
  const changed = await backend.admin('POST', '/passphrase', { passphrase: PASSPHRASE });
  expect(changed.status).toBe(200);
  expect((await backend.admin('GET', '/ca')).json).toMatchObject({ key_encrypted: true });
  backend = await backend.restart(PASSPHRASE);
  expect(await warnings()).toBe(0);
  const checks = (await backend.admin('POST', '/project/checks')).json['checks'];
  expect(checks).not.toContainEqual(expect.objectContaining({ name: 'passphrase' }));
});
