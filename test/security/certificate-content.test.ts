import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Ask, type Backend, type Reply } from '../api/backend.ts';

const run = promisify(execFile);
const PIN = 'abcd1234';
const Id = z.object({ id: z.number() });
const Names = z.object({ alternative_names: z.array(z.string()) });
const Ledger = z.array(z.object({ common_name: z.string(), subject_alt_names: z.array(z.string()) }));

let backend: Backend;
let ofA: Ask & { id: number };
let ofB: Ask & { id: number };
let siteOfA = 0;
let siteOfB = 0;

const register = async (admin: Ask, name: string): Promise<number> => {
  const reply = await admin('POST', '/clients', { name });
  expect(reply.status).toBe(201);
  return Id.parse(reply.json['client']).id;
};
const approve = async (id: number): Promise<void> => {
  expect((await backend.admin('PATCH', `/clients/${id}`, { approval_state: 100 })).status).toBe(200);
};
const listening = (...names: readonly string[]) => ({
  props: { listening_host: { default_host: names[0], host_names: names.slice(1) } },
});
const stateOf = async (id: number): Promise<unknown> =>
  z
    .object({ approval_state: z.number() })
    .parse((await backend.admin('GET', `/clients/${id}`)).json['client']).approval_state;
const refusal = (reply: Reply) => ({
  status: reply.status,
  code: reply.json['code'],
  fields: reply.json['fields'],
});
const conflictAt = (path: string) => ({
  status: 409,
  code: 'conflicting',
  fields: [expect.objectContaining({ path })],
});

/** The certificates of a kit, by file name, and its folder. */
const openKit = async (reply: Reply) => {
  expect(reply.status).toBe(200);
  const folder = await mkdtemp(join(backend.folder, 'kit-'));
  await writeFile(join(folder, 'kit.zip'), reply.bytes);
  await run('unzip', ['-q', '-P', PIN, 'kit.zip'], { cwd: folder });
  const file = (name: string): string => join(folder, 'startup', name);
  return {
    certificate: async (name: string) => new X509Certificate(await readFile(file(name))),
    serves: (name: string) => purpose(file('rootCA.pem'), file(name), 'sslserver'),
    connects: (name: string) => purpose(file('rootCA.pem'), file(name), 'sslclient'),
  };
};
const purpose = (root: string, leaf: string, name: string): Promise<boolean> =>
  run('openssl', ['verify', '-purpose', name, '-CAfile', root, leaf]).then(
    () => true,
    () => false,
  );

beforeAll(async () => {
  backend = await startBackend();
  ofA = await backend.user('oa@hosp-a.org', 'org_admin', 'Hospital_A', 100);
  ofB = await backend.user('ob@hosp-b.org', 'org_admin', 'Hospital_B', 100);
  siteOfA = await register(ofA, 'site-a1');
  siteOfB = await register(ofB, 'site-b1');
  await approve(siteOfA);
  await approve(siteOfB);
  const frozen = await backend.admin('PATCH', '/project', {
    short_name: 'trust',
    server1: 'server1.example.org',
    server_props: { default_host: 'flserver.example.org', host_names: ['fl-alias', '10.1.2.3'] },
    frozen: true,
  });
  expect(frozen.status).toBe(200);
}, 180_000);
afterAll(async () => {
  await backend.close();
  await rm(backend.folder, { recursive: true, force: true });
});

describe('names of the FL server', () => {
  test.each([
    'server1.example.org',
    'SERVER1.example.org',
    'flserver.example.org',
    'fl-alias',
    '10.1.2.3',
    '::ffff:10.1.2.3',
  ])('refuses %s in the certificate of a site', async (name) => {
    const reply = await ofB('PATCH', `/clients/${siteOfB}`, listening(name));
    expect(refusal(reply)).toEqual(conflictAt('props.listening_host'));
    const second = await ofB('PATCH', `/clients/${siteOfB}`, listening('relay.hosp-b.org', name));
    expect(refusal(second)).toEqual(conflictAt('props.listening_host'));
  });

  test.each(['10.01.2.3', '10.1.515', '167838211', '0x0a010203', '*.example.org', 'fl-alias.', '[10.1.2.3]'])(
    'refuses %s, another spelling of one of them',
    async (name) => {
      const reply = await ofB('PATCH', `/clients/${siteOfB}`, listening('relay.hosp-b.org', name));
      expect(refusal(reply)).toMatchObject({ status: 400, code: 'invalid' });
    },
  );

  test.each(['server', 'Server', 'all', '_admin_0f1e2d3c'])(
    'refuses %s, which NVFLARE takes for its own cell, as the name of a site',
    async (name) => {
      expect(refusal(await ofB('POST', '/clients', { name }))).toMatchObject({
        status: 400,
        fields: [{ path: 'name', message: 'is a name that NVFLARE keeps for itself' }],
      });
    },
  );

  test.each(['fl-alias', 'localhost'])('refuses %s as the name of a site', async (name) => {
    const asAdmin = await backend.admin('POST', '/clients', { name, organization: 'Hospital_A' });
    expect(refusal(asAdmin)).toEqual(conflictAt('name'));
    expect(refusal(await ofB('POST', '/clients', { name }))).toEqual(conflictAt('name'));
  });
});

describe('names of other participants', () => {
  test('refuses the name of a site or user as an alternative name', async () => {
    expect(refusal(await ofB('PATCH', `/clients/${siteOfB}`, listening('site-a1')))).toEqual(
      conflictAt('props.listening_host'),
    );
  });

  test('refuses the host of another organization, and allows that of the own', async () => {
    const second = await register(ofA, 'site-a2');
    expect((await ofA('PATCH', `/clients/${siteOfA}`, listening('gpu.hosp-a.org'))).status).toBe(200);
    expect((await ofA('PATCH', `/clients/${second}`, listening('gpu.hosp-a.org'))).status).toBe(200);
    expect(refusal(await ofB('PATCH', `/clients/${siteOfB}`, listening('GPU.hosp-a.org')))).toEqual(
      conflictAt('props.listening_host'),
    );
    await approve(siteOfA);
  });
});

describe('what an org admin sets after the approval', () => {
  test('waits for approval again before it reaches a kit', async () => {
    const changed = await ofB('PATCH', `/clients/${siteOfB}`, listening('relay.hosp-b.org'));
    expect(changed.status).toBe(200);
    expect(Names.parse(changed.json['client']).alternative_names).toEqual(['relay.hosp-b.org']);
    expect(await stateOf(siteOfB)).toBe(0);
    expect((await ofB('POST', `/clients/${siteOfB}/blob`, { pin: PIN })).status).toBe(403);
    await approve(siteOfB);
    const kit = await openKit(await ofB('POST', `/clients/${siteOfB}/blob`, { pin: PIN }));
    expect((await kit.certificate('server.crt')).subjectAltName).toBe('DNS:relay.hosp-b.org');
  });

  test('keeps the approval when the project admin sets it', async () => {
    const reply = await backend.admin('PATCH', `/clients/${siteOfB}`, listening('relay2.hosp-b.org'));
    expect(reply.status).toBe(200);
    expect(await stateOf(siteOfB)).toBe(100);
  });

  test('shows alternative names in the inbox and the ledger', async () => {
    await ofB('PATCH', `/clients/${siteOfB}`, listening('relay3.hosp-b.org'));
    const inbox = z.array(z.object({ name: z.string(), alternative_names: z.array(z.string()) }));
    expect(inbox.parse((await backend.admin('GET', '/inbox')).json['clients'])).toContainEqual({
      name: 'site-b1',
      alternative_names: ['relay3.hosp-b.org'],
    });
    const rows = Ledger.parse((await backend.admin('GET', '/kits')).json['kits']);
    expect(rows).toContainEqual({ common_name: 'site-b1', subject_alt_names: ['relay.hosp-b.org'] });
    await approve(siteOfB);
  });
});

describe('extended key usage', () => {
  test('lets certificates of sites and users connect but not serve', async () => {
    const site = await openKit(await ofB('POST', `/clients/${siteOfB}/blob`, { pin: PIN }));
    expect([await site.connects('client.crt'), await site.serves('client.crt')]).toEqual([true, false]);
    expect([await site.connects('server.crt'), await site.serves('server.crt')]).toEqual([true, true]);
    const user = await openKit(await ofB('POST', `/users/${ofB.id}/blob`, { pin: PIN }));
    expect([await user.connects('client.crt'), await user.serves('client.crt')]).toEqual([true, false]);
    const server = await openKit(await backend.admin('POST', '/servers/1/blob', { pin: PIN }));
    expect([await server.connects('server.crt'), await server.serves('server.crt')]).toEqual([true, true]);
  });
});

test('issues the certificate of a server that is reached as localhost', async () => {
  const trial = await startBackend();
  const frozen = { short_name: 'trial', server1: 'localhost', frozen: true };
  expect((await trial.admin('PATCH', '/project', frozen)).status).toBe(200);
  expect((await trial.admin('POST', '/servers/1/blob', { pin: PIN })).status).toBe(200);
  await trial.close();
});

describe('names that certificates carry', () => {
  test('are refused for somebody else after a rename or deletion, until they are released', async () => {
    const site = await register(ofA, 'site-a9');
    await approve(site);
    expect((await ofA('POST', `/clients/${site}/blob`, { pin: PIN })).status).toBe(200);
    expect((await backend.admin('PATCH', `/clients/${site}`, { name: 'site-a10' })).status).toBe(200);
    expect(refusal(await ofB('POST', '/clients', { name: 'Site-A9' }))).toEqual(conflictAt('name'));
    expect((await backend.admin('DELETE', `/clients/${site}`)).status).toBe(200);
    expect(refusal(await ofB('POST', '/clients', { name: 'site-a9' }))).toEqual(conflictAt('name'));
    expect((await ofB('POST', '/names/release', { name: 'site-a9' })).status).toBe(403);
    const released = await backend.admin('POST', '/names/release', { name: 'SITE-A9' });
    expect(released.status).toBe(200);
    expect(released.json['certificates']).toEqual([expect.objectContaining({ common_name: 'site-a9' })]);
    expect((await ofB('POST', '/clients', { name: 'site-a9' })).status).toBe(201);
    expect((await backend.admin('POST', '/names/release', { name: 'site-a9' })).status).toBe(409);
  });

  test('lets the holder have a name of its own back', async () => {
    const site = await register(ofA, 'site-a11');
    await approve(site);
    expect((await ofA('POST', `/clients/${site}/blob`, { pin: PIN })).status).toBe(200);
    expect((await backend.admin('PATCH', `/clients/${site}`, { name: 'site-a12' })).status).toBe(200);
    expect((await backend.admin('PATCH', `/clients/${site}`, { name: 'site-a11' })).status).toBe(200);
  });

  test('refuses the e-mail of a deleted user who had a console kit', async () => {
    const lead = await backend.user('lead@hosp-a.org', 'lead', 'Hospital_A', 100);
    expect((await lead('POST', `/users/${lead.id}/blob`, { pin: PIN })).status).toBe(200);
    expect((await backend.admin('DELETE', `/users/${lead.id}`)).status).toBe(200);
    const again = await backend.admin('POST', '/users', {
      email: 'Lead@hosp-a.org',
      password: 'Quiet-Meadow-58',
      organization: 'Hospital_B',
      role: 'lead',
    });
    expect(refusal(again)).toEqual(conflictAt('email'));
  });
});
