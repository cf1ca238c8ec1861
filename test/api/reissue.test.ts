import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ReissuePlan } from '../../src/contract/api/reissue.ts';
import { startBackend, type Ask, type Backend } from './backend.ts';

const PIN = 'abcd1234';
const Planned = z.object({ plan: ReissuePlan });
const Site = z.object({ client: z.object({ id: z.number() }) });
const Row = z.object({ serial: z.string(), state: z.string(), outdated: z.string().optional() });
const Ledger = z.object({ kits: z.array(Row) });
const Properties = z.object({ server_props: z.record(z.string(), z.unknown()).optional() });
const Shown = z.object({
  project: Properties.extend({ server1: z.string(), server2: z.string(), ha_mode: z.boolean() }),
});

let backend: Backend;
let orgAdmin: Ask & { id: number };
let lead: Ask & { id: number };
let siteId = 0;
const serials = { server: '', site: '', lead: '' };

const kit = async (ask: Ask, of: string): Promise<string> => {
  const response = await ask('POST', `/${of}/blob`, { pin: PIN });
  expect([of, response.status]).toEqual([of, 200]);
  return z.string().parse(response.headers.get('x-kit-serial'));
};

const plan = async (change: object): Promise<ReissuePlan> => {
  const { status, json } = await backend.admin('POST', '/reissue/plan', change);
  expect([status, json]).toEqual([200, expect.anything()]);
  return Planned.parse(json).plan;
};

const apply = (change: object, version: string) => backend.admin('POST', '/reissue', { ...change, version });

const rowOf = async (serial: string): Promise<z.infer<typeof Row>> =>
  Row.parse(Ledger.parse((await backend.admin('GET', `/kits?q=${serial}`)).json).kits[0]);

const awaited = async (): Promise<readonly string[]> =>
  Ledger.parse((await backend.admin('GET', '/kits?next_kit=awaited')).json).kits.map(({ serial }) => serial);

const shown = async () => Shown.parse((await backend.admin('GET', '/project')).json).project;

beforeAll(async () => {
  backend = await startBackend({ passphrase: 'a long passphrase' });
  orgAdmin = await backend.user('orgadmin@example.org', 'org_admin', 'hospital', 100);
  lead = await backend.user('lead@example.org', 'lead', 'hospital', 100);
  const unfrozen = {
    short_name: 'demo',
    server1: 'server.example.org',
    key_bits: 2048,
    target_release: '2.6',
  };
  expect((await backend.admin('PATCH', '/project', unfrozen)).status).toBe(200);
  const early = await backend.admin('POST', '/reissue/plan', { server1: 'other.example.org' });
  expect([early.status, early.json['code']]).toEqual([409, 'project_not_frozen']);
  expect((await backend.admin('PATCH', '/project', { frozen: true })).status).toBe(200);
  siteId = Site.parse((await orgAdmin('POST', '/clients', { name: 'site-1' })).json).client.id;
  await backend.admin('PATCH', `/clients/${siteId}`, { approval_state: 100 });
  serials.server = await kit(backend.admin, 'servers/1');
  serials.site = await kit(orgAdmin, `clients/${siteId}`);
  serials.lead = await kit(lead, `users/${lead.id}`);
}, 60_000);
afterAll(() => backend.close());

describe('the plan of a re-issue', () => {
  it('names every kit and file that a port changes, and no certificate', async () => {
    const { changes, kits, unchanged } = await plan({
      server_props: { fed_learn_port: 9002, admin_port: 8003 },
    });
    expect(changes).toEqual([
      { field: 'server_props', before: '', after: '{"fed_learn_port":9002,"admin_port":8003}' },
    ]);
    expect(kits.map(({ name, effect, certificate }) => [name, effect, certificate])).toEqual([
      ['server.example.org', 'kit', []],
      ['site-1', 'kit', []],
      ['lead@example.org', 'kit', []],
    ]);
    expect(kits.map((one) => one.serials)).toEqual([[serials.server], [serials.site], [serials.lead]]);
    expect(kits[0]?.files).toContain('startup/fed_server.json');
    expect(unchanged).toBe(0);
  });

  it('names the server alone for an address that only it listens on', async () => {
    const { kits, unchanged } = await plan({ server_props: { listening_host: 'inside.example.org' } });
    expect(kits.map(({ name, files }) => [name, files])).toEqual([
      ['server.example.org', ['local/comm_config.json']],
    ]);
    expect(unchanged).toBe(2);
  });

  it('tells the certificate that a name of the server changes from the kits around others', async () => {
    const { kits } = await plan({ server1: 'new.example.org' });
    expect(kits.map(({ name, effect }) => [name, effect])).toEqual([
      ['server.example.org', 'certificate'],
      ['site-1', 'kit'],
      ['lead@example.org', 'kit'],
    ]);
    expect(kits[0]?.certificate).toEqual([
      { field: 'common_name', before: 'server.example.org', after: 'new.example.org' },
      { field: 'subject_alt_names', before: 'server.example.org', after: 'new.example.org' },
    ]);
  });

  it('names only the person whose role changes', async () => {
    const { changes, kits, unchanged } = await plan({ roles: [{ user: lead.id, role: 'member' }] });
    expect(changes).toEqual([{ field: 'role of lead@example.org', before: 'lead', after: 'member' }]);
    expect(kits).toMatchObject([
      {
        kind: 'user',
        id: lead.id,
        effect: 'certificate',
        certificate: [{ field: 'role', before: 'lead', after: 'member' }],
        serials: [serials.lead],
        key_origin: 'dashboard',
      },
    ]);
    expect(unchanged).toBe(2);
  });

  it('adds the second server and the overseer', async () => {
    const second = { ha_mode: true, server2: 'second.example.org', overseer: 'overseer.example.org' };
    const { kits } = await plan(second);
    expect(kits.map(({ name, effect }) => [name, effect])).toEqual(
      expect.arrayContaining([
        ['second.example.org', 'added'],
        ['overseer.example.org', 'added'],
        ['site-1', 'kit'],
      ]),
    );
  });

  it('is empty when nothing changes', async () => {
    expect(
      await plan({ server1: 'server.example.org', roles: [{ user: lead.id, role: 'lead' }] }),
    ).toMatchObject({
      changes: [],
      kits: [],
      unchanged: 3,
    });
  });

  it('changes nothing by itself', async () => {
    const before = await backend.admin('GET', '/project');
    await plan({ server1: 'new.example.org', roles: [{ user: lead.id, role: 'member' }] });
    expect((await backend.admin('GET', '/project')).json).toEqual(before.json);
    expect(await rowOf(serials.server)).toEqual({ serial: serials.server, state: 'in_force' });
    expect(await awaited()).toEqual([]);
  });

  it.each([
    ['a name of a site', { server1: 'site-1' }, 400, 'invalid'],
    ['a name that is no host name', { server1: 'not a host' }, 400, 'invalid'],
    ['no name at all', { server1: '' }, 409, 'project_incomplete'],
    ['two equal ports', { server_props: { fed_learn_port: 9000, admin_port: 9000 } }, 400, 'invalid'],
    ['a second server without a name', { ha_mode: true }, 409, 'project_incomplete'],
    ['somebody who does not exist', { roles: [{ user: 9999, role: 'lead' }] }, 404, 'not_found'],
    ['a setting that would need another root CA', { short_name: 'other' }, 400, 'invalid'],
    ['an unknown role', { roles: [{ user: 1, role: 'boss' }] }, 400, 'invalid'],
  ])('is refused for %s', async (_what, change, status, code) => {
    const response = await backend.admin('POST', '/reissue/plan', change);
    expect([response.status, response.json['code']]).toEqual([status, code]);
  });

  it('is for project admins only', async () => {
    expect((await lead('POST', '/reissue/plan', {})).status).toBe(403);
  });

  it('leaves the rule of the plain settings as it is', async () => {
    const response = await backend.admin('PATCH', '/project', { server1: 'new.example.org' });
    expect([response.status, response.json['code']]).toEqual([409, 'project_frozen']);
  });
});

describe('a confirmed re-issue', () => {
  it('is refused when the plan has become another one', async () => {
    const change = { server_props: { fed_learn_port: 9100 } };
    const { version } = await plan(change);
    serials.site = await kit(orgAdmin, `clients/${siteId}`);
    const refused = await apply(change, version);
    expect([refused.status, refused.json['code']]).toEqual([409, 'changed']);
    expect((await shown()).server_props).toBeUndefined();
  });

  it('is refused with the version of another change', async () => {
    const { version } = await plan({ server1: 'one.example.org' });
    expect((await apply({ server1: 'two.example.org' }, version)).json['code']).toBe('changed');
  });

  it('waits for the next kits after a port has changed, whose certificates stay in force', async () => {
    const change = { server_props: { fed_learn_port: 9002, admin_port: 8003 } };
    expect((await apply(change, (await plan(change)).version)).status).toBe(200);
    expect((await shown()).server_props).toEqual({ fed_learn_port: 9002, admin_port: 8003 });
    expect(await rowOf(serials.site)).toEqual({ serial: serials.site, state: 'in_force', outdated: 'kit' });
    expect((await awaited()).toSorted()).toEqual(Object.values(serials).toSorted());
    serials.lead = await kit(lead, `users/${lead.id}`);
    serials.server = await kit(backend.admin, 'servers/1');
    expect(await awaited()).toEqual([serials.site]);
    serials.site = await kit(orgAdmin, `clients/${siteId}`);
    expect(await awaited()).toEqual([]);
  });

  it('supersedes the certificates of the server and of whoever got another role', async () => {
    const change = { server1: 'new.example.org', roles: [{ user: lead.id, role: 'member' }] };
    expect((await apply(change, (await plan(change)).version)).status).toBe(200);
    expect(await rowOf(serials.server)).toMatchObject({ state: 'superseded', outdated: 'certificate' });
    expect(await rowOf(serials.lead)).toMatchObject({ state: 'superseded', outdated: 'certificate' });
    expect((await rowOf(serials.site)).state).toBe('in_force');
    const next = await kit(backend.admin, 'servers/1');
    await kit(lead, `users/${lead.id}`);
    expect(await rowOf(serials.server)).toMatchObject({ state: 'superseded' });
    expect(await awaited()).toEqual([serials.site]);
    serials.server = next;
    expect((await plan({ server1: 'new.example.org' })).kits).toEqual([]);
  });

  it('takes the second server out again', async () => {
    const second = { ha_mode: true, server2: 'second.example.org', overseer: 'overseer.example.org' };
    expect((await apply(second, (await plan(second)).version)).status).toBe(200);
    const serial = await kit(backend.admin, 'servers/2');
    const without = { ha_mode: false };
    const found = await plan(without);
    expect(found.kits.find(({ effect, id }) => effect === 'removed' && id === 2)?.serials).toEqual([serial]);
    expect((await apply(without, found.version)).status).toBe(200);
    expect(await rowOf(serial)).toEqual({ serial, state: 'superseded' });
    expect(await awaited()).not.toContain(serial);
  });

  it('keeps the last project admin', async () => {
    const [admin] = z
      .object({ user_list: z.array(z.object({ id: z.number(), role: z.string() })) })
      .parse((await backend.admin('GET', '/users')).json)
      .user_list.filter(({ role }) => role === 'project_admin');
    const change = { roles: [{ user: admin?.id, role: 'lead' }] };
    const refused = await apply(change, (await plan(change)).version);
    expect([refused.status, refused.json['code']]).toEqual([409, 'last_admin']);
  });
});
