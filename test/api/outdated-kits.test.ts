import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { OutdatedKit, OutdatedKitsResponse } from '../../src/contract/api/outdated-kits.ts';
import { ReissuePlannedResponse } from '../../src/contract/api/reissue.ts';
import { newKey, openSslRequest, requestZip, type Requested } from '../support/certificate-request.ts';
import { startBackend, type Ask, type Backend } from './backend.ts';
import { One } from './request-study.ts';

const PIN = 'Kit4Outdated';
const Site = z.object({ client: z.object({ id: z.number() }) });
const Row = z.object({ common_name: z.string(), outdated: z.string().optional() });
const Ledger = z.object({ kits: z.array(Row) });
const listening_host = { default_host: 'relay.clinic.org', port: 8102 };

let backend: Backend;
let orgAdmin: Ask & { id: number };
let lead: Ask & { id: number };
const ids = { relay: 0, site: 0, other: 0, keyless: 0 };

const patch = async (path: string, body: object): Promise<void> => {
  const { status, json } = await backend.admin('PATCH', path, body);
  expect([status, json['message']]).toEqual([200, undefined]);
};

const added = async (name: string, more: object = {}): Promise<number> => {
  const body = { name, organization: 'clinic', ...more };
  const { id } = Site.parse((await backend.admin('POST', '/clients', body)).json).client;
  await patch(`/clients/${id}`, { approval_state: 100 });
  return id;
};

const fetch = async (of: string, ask: Ask = backend.admin): Promise<void> => {
  expect([of, (await ask('POST', `/${of}/blob`, { pin: PIN })).status]).toEqual([of, 200]);
};

const fetchAll = async (): Promise<void> => {
  await fetch('servers/1');
  await fetch(`clients/${ids.relay}`);
  await fetch(`clients/${ids.site}`);
  await fetch(`clients/${ids.other}`);
  await fetch(`users/${lead.id}`, lead);
  expect(await outdated()).toEqual([]);
};

const outdatedFor = async (ask: Ask): Promise<OutdatedKit[]> => {
  const { status, json } = await ask('GET', '/kits/outdated');
  expect([status, json['message']]).toEqual([200, undefined]);
  return OutdatedKitsResponse.parse(json).kits;
};

const outdated = async (): Promise<readonly string[]> =>
  (await outdatedFor(backend.admin)).map(({ name, effect, causes }) => `${name} ${effect} ${causes.join()}`);

const awaited = async (): Promise<readonly string[]> =>
  Ledger.parse((await backend.admin('GET', '/kits?next_kit=awaited')).json).kits.map(
    ({ common_name: name }) => name,
  );

beforeAll(async () => {
  backend = await startBackend();
  orgAdmin = await backend.user('orgadmin@example.org', 'org_admin', 'clinic', 100);
  lead = await backend.user('lead@example.org', 'lead', 'hospital', 100);
  const project = {
    short_name: 'Outdated',
    server1: 'fl.example.org',
    key_bits: 2048,
    target_release: '2.9',
  };
  await patch('/project', { ...project, frozen: true });
  ids.relay = await added('relay-1', { type: 'relay', props: { listening_host } });
  ids.site = await added('site-1');
  ids.other = await added('site-2');
  await fetchAll();
}, 60_000);
afterAll(() => backend.close());

describe('kits that were handed out', () => {
  it('are named once a site stands below a relay, the kit of the server among them', async () => {
    await patch(`/clients/${ids.site}`, { props: { connect_to: { name: 'relay-1' } }, approval_state: 100 });
    const kits = await outdatedFor(backend.admin);
    const [server, site] = kits;
    expect(kits.map(({ name }) => name)).toEqual(['fl.example.org', 'site-1', 'site-2']);
    expect(server).toMatchObject({
      ...{ kind: 'server', id: 1, name: 'fl.example.org', effect: 'kit', causes: ['hierarchy'] },
      ...{ certificate: [], files: ['startup/fed_server.json'] },
    });
    expect(site).toMatchObject({ kind: 'client', id: ids.site, name: 'site-1', effect: 'kit' });
    expect(site?.files).toContain('local/relay__resources.json');
    expect(await awaited()).toEqual(['fl.example.org', 'site-1', 'site-2']);
    const planned = await backend.admin('POST', '/reissue/plan', {});
    expect(ReissuePlannedResponse.parse(planned.json).outdated).toEqual(kits);
  });

  it('are shown to whom they concern', async () => {
    expect((await outdatedFor(orgAdmin)).map(({ name }) => name)).toEqual(['site-1', 'site-2']);
    expect(await outdatedFor(lead)).toEqual([]);
    expect((await backend.stranger('GET', '/kits/outdated')).status).toBe(401);
  });

  it('are no longer outdated once they are fetched again', async () => {
    await fetch('servers/1');
    expect(await awaited()).toEqual(['site-1', 'site-2']);
    await fetchAll();
    expect(await awaited()).toEqual([]);
  });

  it.each([
    [
      'a relay moves',
      () =>
        patch(`/clients/${ids.relay}`, {
          props: { listening_host: { ...listening_host, port: 8103 } },
          approval_state: 100,
        }),
      ['relay-1 kit participant', 'site-1 kit hierarchy'],
    ],
    [
      'a relay gets another host',
      () =>
        patch(`/clients/${ids.relay}`, {
          props: { listening_host: { default_host: 'gate.clinic.org', port: 8103 } },
          approval_state: 100,
        }),
      ['relay-1 certificate participant', 'site-1 kit hierarchy'],
    ],
    [
      'a site gets a parent',
      () => patch(`/clients/${ids.other}`, { props: { parent: 'site-1' }, approval_state: 100 }),
      ['site-1 kit hierarchy', 'site-2 kit hierarchy,participant'],
    ],
    [
      'a site has other hardware',
      () => patch(`/clients/${ids.other}`, { capacity: { num_of_gpus: 4, mem_per_gpu_in_GiB: 80 } }),
      ['site-2 kit participant'],
    ],
    [
      'studies are given to the server',
      () =>
        patch('/project', {
          studies: { lung: { site_orgs: { clinic: ['site-1'] }, admins: ['lead@example.org'] } },
        }),
      ['fl.example.org kit studies'],
    ],
    [
      'identities are given',
      () => patch('/project', { auth_identity_map: { 'site-9': 'other.example.org' } }),
      ['fl.example.org kit identities', 'site-1 kit identities', 'site-2 kit identities'],
    ],
    [
      'jobs must be signed',
      () => patch('/project', { require_signed_jobs: true }),
      ['fl.example.org kit settings', 'site-1 kit settings', 'site-2 kit settings'],
    ],
    [
      'the properties file changes',
      () => writeFile(join(backend.folder, 'properties.yml'), 'client:\n  use_aio: true\n'),
      ['site-1 kit properties_file', 'site-2 kit properties_file'],
    ],
  ])(
    'are outdated when %s',
    async (_what, act, expected) => {
      await act();
      expect([...(await outdated())].sort()).toEqual([...expected].sort());
      rmSync(join(backend.folder, 'properties.yml'), { force: true });
      await fetchAll();
    },
    30_000,
  );

  it('cannot be told while the properties file is wrong, which hides no certificate', async () => {
    const file = join(backend.folder, 'properties.yml');
    await writeFile(file, 'client:\n  - not a mapping\n');
    expect(await backend.admin('GET', '/kits')).toMatchObject({
      status: 200,
      json: { kits: expect.arrayContaining([expect.objectContaining({ common_name: 'site-1' })]) },
    });
    expect(await backend.admin('GET', '/kits/outdated')).toMatchObject({
      status: 409,
      json: { code: 'project_incomplete' },
    });
    rmSync(file);
  });

  it('of which none can be made name what stands in the way', async () => {
    await patch(`/clients/${ids.relay}`, { approval_state: -1 });
    const kits = await outdatedFor(backend.admin);
    expect(kits.filter(({ name }) => name === 'site-1')).toMatchObject([
      { effect: 'blocked', message: 'there is no approved relay relay-1' },
    ]);
    await patch(`/clients/${ids.relay}`, { approval_state: 100 });
  });
});

describe('a kit around a key that stayed at the site', () => {
  it('is outdated by what the signed zip tells, and by nothing else', async () => {
    ids.keyless = await added('site-3');
    const requested: Requested = {
      project: 'Outdated',
      name: 'site-3',
      org: 'clinic',
      kind: 'site',
      certType: 'client',
    };
    const submitted = { request: await requestZip(newKey(), requested) };
    const { request } = One.parse((await backend.admin('POST', '/requests', submitted)).json);
    const approval = { version: request.version };
    expect((await backend.admin('POST', `/requests/${request.id}/approve`, approval)).status).toBe(200);
    expect((await backend.admin('GET', `/requests/${request.id}/signed.zip`)).status).toBe(200);
    await patch('/project', { jemalloc: true });
    expect((await outdated()).some((line) => line.startsWith('site-3'))).toBe(false);
    const change = { server_props: { fed_learn_port: 9443 } };
    const planned = ReissuePlannedResponse.parse((await backend.admin('POST', '/reissue/plan', change)).json);
    const { version } = planned.plan;
    expect((await backend.admin('POST', '/reissue', { ...change, version })).status).toBe(200);
    expect(await outdated()).toContain('site-3 kit servers,settings');
    expect((await backend.admin('GET', `/requests/${request.id}/signed.zip`)).status).toBe(200);
    expect((await outdated()).some((line) => line.startsWith('site-3'))).toBe(false);
  });

  it('is compared as a whole where it was fetched as a kit', async () => {
    const site = await added('site-4');
    const csr = Buffer.from(openSslRequest(newKey(), '/CN=site-4')).toString('base64');
    const { request } = One.parse((await backend.admin('POST', '/requests', { request: csr })).json);
    const approval = { version: request.version };
    expect((await backend.admin('POST', `/requests/${request.id}/approve`, approval)).status).toBe(200);
    expect((await backend.admin('GET', `/requests/${request.id}/kit.zip`)).status).toBe(200);
    await patch(`/clients/${site}`, { capacity: { num_of_gpus: 1, mem_per_gpu_in_GiB: 1 } });
    expect(await outdated()).toContain('site-4 kit participant');
  });
});
