import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { PASSWORD, startBackend, type Ask, type Backend } from './backend.ts';

const Id = z.object({ id: z.number() });
const Sites = z.object({ client_list: z.array(z.object({ name: z.string() })), total: z.number() });
const Users = z.object({ user_list: z.array(z.object({ email: z.string() })), total: z.number() });
const Kits = z.object({ kits: z.array(z.object({ common_name: z.string() })), total: z.number() });
const Organizations = z.object({ org_list: z.array(z.string()), total: z.number() });

let backend: Backend;
let north: Ask & { id: number };
let south: Ask & { id: number };
const ids: Record<string, number> = {};

const register = async (ask: Ask, name: string): Promise<void> => {
  const response = await ask('POST', '/clients', { name });
  ids[name] = Id.parse(response.json['client']).id;
};

beforeAll(async () => {
  backend = await startBackend();
  north = await backend.user('anna@north.org', 'org_admin', 'North', 100);
  south = await backend.user('ben@south.org', 'org_admin', 'South', 100);
  await backend.user('cora@south.org', 'member', 'South', 0);
  const dan = await backend.user('dan@south.org', 'lead', 'South', 0);
  await backend.admin('POST', '/approvals', { decision: 'deny', users: [dan.id] });
  await register(north, 'north-1');
  await register(north, 'north-2');
  await register(south, 'south-1');
  await register(south, 'south-2');
  for (const name of ['north-1', 'north-2', 'south-1']) {
    await backend.admin('PATCH', `/clients/${ids[name]}`, { approval_state: 100 });
  }
  await backend.admin('PATCH', '/project', { short_name: 'demo', server1: 'localhost', key_bits: 2048 });
  await backend.admin('PATCH', '/project', { frozen: true });
  await north('POST', `/clients/${ids['north-1']}/blob`, { pin: 'abcd1234' });
}, 60_000);
afterAll(() => backend.close());

const sites = async (ask: Ask, query: string) => {
  const { client_list: rows, total } = Sites.parse((await ask('GET', `/clients${query}`)).json);
  return { names: rows.map(({ name }) => name), total };
};
const users = async (ask: Ask, query: string) => {
  const { user_list: rows, total } = Users.parse((await ask('GET', `/users${query}`)).json);
  return { emails: rows.map(({ email }) => email), total };
};

describe('the list of sites', () => {
  it('is narrowed by approval, organization, owner and downloads', async () => {
    const admin = (query: string) => sites(backend.admin, query);
    expect((await admin('?approval=pending')).names).toEqual(['south-2']);
    expect((await admin('?approval=approved&organization=North')).names).toEqual(['north-1', 'north-2']);
    expect((await admin(`?owner=${south.id}&sort=-name`)).names).toEqual(['south-2', 'south-1']);
    expect((await admin('?kit=downloaded')).names).toEqual(['north-1']);
    expect(await admin('?kit=none&approval=approved&limit=1')).toEqual({ names: ['north-2'], total: 2 });
  });

  it("finds a site by its owner's e-mail for the project admin alone", async () => {
    expect((await sites(backend.admin, '?q=BEN@south')).names).toEqual(['south-1', 'south-2']);
    expect((await sites(north, '?q=ben@south')).names).toEqual([]);
  });

  it('tells others neither who owns sites nor whose kit was downloaded', async () => {
    expect(await sites(south, `?owner=${north.id}`)).toEqual({ names: [], total: 0 });
    expect((await sites(south, `?owner=${south.id}`)).names).toEqual(['south-1', 'south-2']);
    const all = await sites(south, '');
    expect(await sites(south, '?kit=downloaded')).toEqual(all);
  });

  it('refuses an unknown approval', async () => {
    expect((await backend.admin('GET', '/clients?approval=bogus')).status).toBe(400);
  });
});

describe('the list of users', () => {
  it('is narrowed by approval, role and organization', async () => {
    const admin = (query: string) => users(backend.admin, query);
    expect((await admin('?approval=denied')).emails).toEqual(['dan@south.org']);
    expect((await admin('?role=org_admin&sort=-email')).emails).toEqual(['ben@south.org', 'anna@north.org']);
    expect(await admin('?organization=South&limit=1&offset=1')).toEqual({
      emails: ['cora@south.org'],
      total: 3,
    });
  });

  it('shows nobody of another organization', async () => {
    expect(await users(north, '?organization=South')).toEqual({ emails: [], total: 0 });
    expect((await users(south, '?organization=South')).emails).toEqual(['ben@south.org', 'cora@south.org']);
    expect((await users(south, '?approval=denied')).emails).toEqual([]);
  });
});

describe('the list of certificates', () => {
  const kits = async (query: string) => {
    const { kits: rows, total } = Kits.parse((await backend.admin('GET', `/kits${query}`)).json);
    return { names: rows.map(({ common_name: name }) => name), total };
  };

  it('is narrowed to one holder, one kind, and what expires soon', async () => {
    expect((await kits(`?holder=client&holder_id=${ids['north-1']}`)).names).toEqual(['north-1']);
    expect((await kits(`?holder=user&holder_id=${ids['north-1']}`)).names).toEqual([]);
    expect(await kits('?kind=server')).toEqual({ names: [], total: 0 });
    expect((await kits('?within=60')).names).toEqual([]);
    expect((await kits('?within=36500')).names).toEqual(['north-1']);
  });
});

describe('the list of organizations', () => {
  it('is searched in any case', async () => {
    const { org_list: names, total } = Organizations.parse(
      (await backend.admin('GET', '/organizations?q=OUT')).json,
    );
    expect({ names, total }).toEqual({ names: ['South'], total: 1 });
  });
});

describe('the overview', () => {
  it('counts what waits, what lacks a kit, and how far the organizations are', async () => {
    await backend.admin('POST', '/invitations', { organization: 'Islands', role: 'org_admin' });
    const { status, json } = await backend.admin('GET', '/overview');
    expect([status, json]).toMatchObject([
      200,
      {
        users: { pending: 1, approved: 3, denied: 1 },
        sites: { pending: 1, approved: 3, denied: 0 },
        sites_without_kit: 2,
        organizations: { created: 0, invited: 1, signed_up: 0, approved: 1, ready: 1 },
        expiring: 0,
        expired: 0,
        expiry_months: [{ count: 1 }],
        issued: [{ kind: 'client', count: 1 }],
        events: [{ action: 'invitation.create' }, {}, {}, {}, {}],
      },
    ]);
  });

  it('tells how far each organization is, narrowed by stage and text', async () => {
    const read = async (query: string) =>
      (await backend.admin('GET', `/organizations/progress${query}`)).json;
    expect(await read('')).toMatchObject({
      organizations: [
        { name: 'Islands', stage: 'invited', sites: 0 },
        { name: 'North', stage: 'ready', sites: 2, sites_with_kit: 1 },
        { name: 'South', stage: 'approved', sites: 2, sites_with_kit: 0 },
      ],
      total: 3,
    });
    expect(await read('?stage=ready')).toMatchObject({ organizations: [{ name: 'North' }], total: 1 });
    expect(await read('?q=out&limit=1')).toMatchObject({ organizations: [{ name: 'South' }], total: 1 });
  });

  it('is for the project admin alone', async () => {
    expect((await north('GET', '/overview')).status).toBe(403);
    expect((await backend.stranger('GET', '/overview')).status).toBe(401);
  });
});

describe('the numbers of the project', () => {
  it('leave out what is not approved', async () => {
    const { json } = await backend.admin('GET', '/project');
    expect(json['project']).toMatchObject({ num_clients: 3, num_users: 3, num_orgs: 3 });
  });
});

describe('the language of an account', () => {
  it('is kept, and only a known one', async () => {
    const path = `/users/${south.id}`;
    expect((await south('PATCH', path, { language: 'fr' })).json['user']).toMatchObject({ language: 'fr' });
    expect((await south('GET', '/me')).json['user']).toMatchObject({ language: 'fr' });
    expect((await south('PATCH', path, { language: 'xx' })).status).toBe(400);
  });

  it('begins as that of the first browser, and outlives a log-in in a browser that speaks another', async () => {
    const erin = await backend.user('erin@south.org', 'member', 'South', 100);
    const logIn = (language: string) =>
      fetch(`${backend.url}/api/v1/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': language },
        body: JSON.stringify({ email: 'erin@south.org', password: PASSWORD }),
      });
    const kept = async () => (await erin('GET', '/me')).json['user'];
    expect((await logIn('de-CH')).status).toBe(200);
    expect(await kept()).toMatchObject({ language: 'de' });
    await erin('PATCH', `/users/${erin.id}`, { language: 'fr' });
    expect((await logIn('en-GB')).status).toBe(200);
    expect(await kept()).toMatchObject({ language: 'fr' });
  });
});
