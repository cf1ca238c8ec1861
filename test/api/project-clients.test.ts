import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Ask, type Backend } from './backend.ts';

const Id = z.object({ id: z.number() });
const Seen = z.array(z.object({ id: z.number(), version: z.string() }));
const Inbox = z.object({ users: Seen, clients: Seen });
const Names = z.array(z.object({ name: z.string(), description: z.string(), creator: z.string() }));

let backend: Backend;
let orgAdmin: Ask & { id: number };
let other: Ask & { id: number };

beforeAll(async () => {
  backend = await startBackend({ passphrase: 'open sesame' });
  orgAdmin = await backend.user('orgadmin@example.org', 'org_admin', 'hospital', 100);
  other = await backend.user('other@example.org', 'org_admin', 'clinic', 100);
}, 60_000);
afterAll(() => backend.close());

const register = async (ask: Ask, name: string): Promise<number> => {
  const response = await ask('POST', '/clients', { name, description: `about ${name}` });
  expect([name, response.status]).toEqual([name, 201]);
  return Id.parse(response.json['client']).id;
};

describe('the project', () => {
  it('names ignored keys, and every wrong field, and changes nothing then', async () => {
    const good = await backend.admin('PATCH', '/project', {
      title: 'Demo',
      num_orgs: 7,
      root_key: 'x',
      frozen: false,
    });
    expect(good.json['ignored']).toEqual(expect.arrayContaining(['num_orgs', 'root_key']));
    const bad = await backend.admin('PATCH', '/project', {
      title: 'Other',
      short_name: 'x'.repeat(64),
      server1: 'under_score',
    });
    expect([bad.status, bad.json['code']]).toEqual([400, 'invalid']);
    const fields = z.array(z.object({ path: z.string() })).parse(bad.json['fields']);
    expect(fields.map((field) => field.path).sort()).toEqual(['server1', 'short_name']);
    expect((await backend.admin('GET', '/project')).json['project']).toMatchObject({ title: 'Demo' });
  });

  it('warns of a short name that stands in the way of keys at the sites when it is set', async () => {
    const set = await backend.admin('PATCH', '/project', { short_name: 'lung study' });
    const warnings = [{ path: 'short_name', message: expect.stringContaining('contains spaces') }];
    expect([set.status, set.json['warnings']]).toEqual([200, warnings]);
    const { checks } = (await backend.admin('POST', '/project/checks')).json;
    expect(checks).toContainEqual({
      name: 'short_name',
      outcome: 'warning',
      code: 'own_key_name',
      value: '',
      message: expect.stringContaining('contains spaces'),
    });
    const other = await backend.admin('PATCH', '/project', { short_name: '', title: 'Demo' });
    expect([other.status, other.json['warnings']]).toEqual([200, []]);
  });

  it('keeps the confidential-computing mode and the dates as they were sent', async () => {
    const sent = { cc_mode: true, starting_date: 'Mon Nov 23 2026', end_date: '2027-02-28' };
    const changed = await backend.admin('PATCH', '/project', sent);
    expect([changed.status, changed.json]).toMatchObject([200, { project: sent, ignored: [] }]);
    const off = await backend.admin('PATCH', '/project', { cc_mode: false, end_date: '' });
    expect(off.json['project']).toMatchObject({ cc_mode: false, end_date: '' });
  });

  it.each(['soon', '2026-02-30', 'Invalid Date'])(
    'refuses %j as a date and names the field',
    async (date) => {
      const refused = await backend.admin('PATCH', '/project', { title: 'Late', end_date: date });
      expect([refused.status, refused.json]).toMatchObject([400, { fields: [{ path: 'end_date' }] }]);
      expect((await backend.admin('GET', '/project')).json['project']).not.toMatchObject({ title: 'Late' });
    },
  );

  it('refuses high availability for a release without overseer, with the reason', async () => {
    const refused = await backend.admin('PATCH', '/project', { ha_mode: true });
    expect([refused.status, refused.json['message']]).toEqual([
      400,
      expect.stringContaining('target_release'),
    ]);
    expect((await backend.admin('PATCH', '/project', { ha_mode: true, target_release: '2.5' })).status).toBe(
      200,
    );
    expect((await backend.admin('PATCH', '/project', { target_release: '2.9' })).status).toBe(400);
    expect((await backend.admin('PATCH', '/project', { ha_mode: false, target_release: '2.9' })).status).toBe(
      200,
    );
  });

  it('shows strangers empty host names and no properties, and lets others change nothing', async () => {
    await backend.admin('PATCH', '/project', { server1: 'server.example.org', public: true });
    const seen = await backend.stranger('GET', '/project');
    expect(seen.json['project']).toMatchObject({ server1: '', title: 'Demo' });
    await backend.admin('PATCH', '/project', { public: false });
    const closed = await backend.stranger('GET', '/project');
    expect(closed.json['project']).toMatchObject({ server1: '', title: '' });
    expect((await orgAdmin('PATCH', '/project', { title: 'x' })).status).toBe(403);
    expect((await backend.stranger('PATCH', '/project', { title: 'x' })).status).toBe(401);
  });

  it('cannot be frozen while something is missing, and is not frozen by the attempt', async () => {
    const early = await backend.admin('PATCH', '/project', { frozen: true });
    expect([early.status, early.json['code']]).toEqual([409, 'project_incomplete']);
    expect((await backend.admin('GET', '/ca')).status).toBe(409);
  });
});

describe('sites', () => {
  it('are seen in full by their organization, reduced by others once approved, and not before', async () => {
    const id = await register(orgAdmin, 'site-a');
    expect((await other('GET', `/clients/${id}`)).status).toBe(404);
    await backend.admin('PATCH', `/clients/${id}`, { approval_state: 100 });
    const mine = Names.parse((await orgAdmin('GET', '/clients')).json['client_list']);
    const theirs = Names.parse((await other('GET', '/clients')).json['client_list']);
    expect(mine).toMatchObject([
      { name: 'site-a', description: 'about site-a', creator: 'orgadmin@example.org' },
    ]);
    expect(theirs).toMatchObject([{ name: 'site-a', description: '', creator: '' }]);
  });

  it('cannot be renamed, deleted or approved by their creator once approved', async () => {
    const id = await register(orgAdmin, 'site-b');
    expect((await orgAdmin('PATCH', `/clients/${id}`, { approval_state: 100 })).status).toBe(403);
    expect((await orgAdmin('PATCH', `/clients/${id}`, { name: 'site-b2' })).status).toBe(200);
    await backend.admin('PATCH', `/clients/${id}`, { approval_state: 100 });
    expect((await orgAdmin('PATCH', `/clients/${id}`, { name: 'site-b3' })).status).toBe(403);
    expect((await orgAdmin('DELETE', `/clients/${id}`)).status).toBe(403);
    expect((await other('DELETE', `/clients/${id}`)).status).toBe(403);
    expect((await orgAdmin('PATCH', `/clients/${id}`, { description: 'still mine' })).status).toBe(200);
    expect((await backend.admin('DELETE', `/clients/${id}`)).status).toBe(200);
  });

  it('differ in name from sites, users and servers, in any case', async () => {
    await register(orgAdmin, 'site-c');
    const twin = await other('POST', '/clients', { name: 'SITE-C' });
    expect([twin.status, twin.json['status']]).toEqual([409, 'conflicting']);
    expect((await other('POST', '/clients', { name: 'a b' })).status).toBe(400);
    expect((await other('POST', '/clients', { name: 'x', organization: 'hospital' })).status).toBe(403);
    const server = await backend.admin('PATCH', '/project', { server2: 'site-c' });
    expect(server.status).toBe(400);
  });

  it('can be handed to an approved org admin of the organization only', async () => {
    const id = await register(orgAdmin, 'site-d');
    const heir = await backend.user('heir@example.org', 'org_admin', 'hospital', 100);
    expect((await backend.admin('PATCH', `/clients/${id}`, { creator: 'other@example.org' })).status).toBe(
      400,
    );
    expect((await heir('PATCH', `/clients/${id}`, { description: 'x' })).status).toBe(403);
    expect((await backend.admin('PATCH', `/clients/${id}`, { creator: 'heir@example.org' })).status).toBe(
      200,
    );
    expect((await heir('PATCH', `/clients/${id}`, { description: 'x' })).status).toBe(200);
    expect((await orgAdmin('PATCH', `/clients/${id}`, { description: 'y' })).status).toBe(403);
  });

  it('are decided over in bulk, each with its own outcome', async () => {
    const id = await register(orgAdmin, 'site-e');
    const waiting = await backend.user('waiting@example.org', 'lead', 'hospital', 0);
    const inbox = await backend.admin('GET', '/inbox');
    expect(JSON.stringify(inbox.json['clients'])).toContain('site-e');
    expect(JSON.stringify(inbox.json['users'])).toContain('waiting@example.org');
    const { users, clients } = Inbox.parse(inbox.json);
    const body = {
      decision: 'approve',
      users: users.filter((user) => user.id === waiting.id),
      clients: [...clients.filter((site) => site.id === id), { id: 99_999, version: 'unknown' }],
    };
    const results = await backend.admin('POST', '/approvals', body);
    expect(results.json['results']).toMatchObject([
      { kind: 'user', done: true, name: 'waiting@example.org' },
      { kind: 'client', done: true, name: 'site-e' },
      { kind: 'client', done: false, code: 'not_found' },
    ]);
    expect((await orgAdmin('POST', '/approvals', body)).status).toBe(403);
  });
});

describe('the root CA', () => {
  it('is made exactly once when eight freezes come at once', async () => {
    const body = { short_name: 'demo', frozen: true };
    const freezes = await Promise.all(
      Array.from({ length: 8 }, () => backend.admin('PATCH', '/project', body)),
    );
    expect(freezes.map((freeze) => freeze.status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
    expect(freezes.find((freeze) => freeze.status === 409)?.json['status']).toBe('Project is frozen');
    const rows = await backend.admin('GET', '/audit?action=project.freeze');
    expect(rows.json['total']).toBe(1);
    expect((await orgAdmin('GET', '/ca')).json).toMatchObject({ sealed: false });
  }, 30_000);

  it('is sealed after a start without passphrase, takes five guesses, and signs once unsealed', async () => {
    backend = await backend.restart();
    expect((await backend.admin('GET', '/ca')).json['sealed']).toBe(true);
    const sealed = await backend.admin('POST', '/servers/1/blob', {});
    expect([sealed.status, sealed.json['status']]).toEqual([423, 'sealed']);
    expect((await backend.admin('POST', '/unseal', { passphrase: 'wrong' })).status).toBe(400);
    expect((await backend.admin('POST', '/unseal', { passphrase: 'open sesame' })).status).toBe(200);
    expect((await backend.admin('POST', '/servers/1/blob', {})).status).toBe(200);
    const change = { current: 'open sesame', passphrase: 'another sesame' };
    expect((await backend.admin('POST', '/passphrase', change)).status).toBe(200);
    for (let guess = 0; guess < 5; guess += 1) {
      expect((await backend.admin('POST', '/passphrase', change)).status).toBe(400);
    }
    const locked = await backend.admin('POST', '/passphrase', change);
    expect([locked.status, Number(locked.headers.get('retry-after')) > 0]).toEqual([429, true]);
    await expect(backend.restart('open sesame')).rejects.toMatchObject({ code: 'passphraseWrong' });
  }, 60_000);
});
