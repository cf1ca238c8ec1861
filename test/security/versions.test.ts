import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Ask, type Backend } from '../api/backend.ts';

const Row = z.object({ id: z.number(), version: z.string(), approval_state: z.number() });
const Inbox = z.object({ users: z.array(Row), clients: z.array(Row) });
const Site = z.object({ client: Row.extend({ name: z.string() }) });
const User = z.object({ user: Row.extend({ name: z.string() }) });
const Results = z.object({
  results: z.array(
    z.object({
      done: z.boolean(),
      code: z.string().optional(),
      version: z.string().optional(),
      changes: z
        .array(z.object({ field: z.string(), seen: z.string().nullable(), now: z.string() }))
        .optional(),
    }),
  ),
});

const PROJECT = {
  public: true,
  short_name: 'demo',
  server1: 'server.example.org',
  key_bits: 2048,
  frozen: true,
};
const LISTENER = { listening_host: { default_host: 'backup.clinic.example.org' } };

let backend: Backend;
let count = 0;

beforeAll(async () => {
  backend = await startBackend();
  expect((await backend.admin('PATCH', '/project', PROJECT)).status).toBe(200);
}, 180_000);
afterAll(async () => {
  await backend.close();
}, 180_000);

/** An org admin with a site that waits for approval, and the site's version as the inbox shows it. */
const waiting = async (): Promise<{ owner: Ask; id: number; name: string; version: string }> => {
  count += 1;
  const name = `radiology-${count}`;
  const owner = await backend.user(`owner-${count}@example.org`, 'org_admin', `clinic_${count}`, 100);
  const { id } = Site.parse((await owner('POST', '/clients', { name })).json).client;
  const inbox = Inbox.parse((await backend.admin('GET', '/inbox')).json);
  return { owner, id, name, version: inbox.clients.find((site) => site.id === id)?.version ?? '' };
};

/** An account that waits for approval, and its version as the inbox shows it. */
const applicant = async (): Promise<{ own: Ask; id: number; version: string }> => {
  count += 1;
  const own = await backend.user(`applicant-${count}@example.org`, 'member', `clinic_${count}`, 0);
  const inbox = Inbox.parse((await backend.admin('GET', '/inbox')).json);
  return { own, id: own.id, version: inbox.users.find((user) => user.id === own.id)?.version ?? '' };
};

const siteOf = async (id: number) => Site.parse((await backend.admin('GET', `/clients/${id}`)).json).client;
const userOf = async (id: number) => User.parse((await backend.admin('GET', `/users/${id}`)).json).user;

const decide = async (decision: string, subjects: object) =>
  Results.parse((await backend.admin('POST', '/approvals', { decision, ...subjects })).json).results;

describe('a decision on a site', () => {
  it.each([
    ['name', { name: 'site-b1-backup' }],
    ['alternative_names', { props: LISTENER }],
    ['description', { description: 'another one' }],
    ['capacity', { capacity: { num_of_gpus: 64, mem_per_gpu_in_GiB: 80 } }],
  ])('is refused when its %s was swapped between look and click', async (field, swap) => {
    const { owner, id, version } = await waiting();
    const seen = await siteOf(id);
    expect((await owner('PATCH', `/clients/${id}`, swap)).status).toBe(200);
    for (const decision of ['approve', 'deny', 'delete']) {
      const [result] = await decide(decision, { clients: [{ id, version }] });
      expect(result).toMatchObject({ done: false, code: 'changed' });
      expect(result?.changes?.map((change) => change.field)).toContain(field);
      expect(result?.changes?.every((change) => change.seen !== change.now)).toBe(true);
    }
    expect(await siteOf(id)).toMatchObject({ approval_state: seen.approval_state });
    expect((await siteOf(id)).version).not.toBe(version);
  });

  it('names both values, and passes with the version that shows the new one', async () => {
    const { owner, id, name, version } = await waiting();
    await owner('PATCH', `/clients/${id}`, { name: `renamed-${id}` });
    const patch = { approval_state: 100, version };
    expect(await backend.admin('PATCH', `/clients/${id}`, patch)).toMatchObject({
      status: 409,
      json: { code: 'changed', changes: [{ field: 'name', seen: name, now: `renamed-${id}` }] },
    });
    const now = (await siteOf(id)).version;
    const [result] = await decide('approve', { clients: [{ id, version: now }] });
    expect(result).toMatchObject({ done: true, version: (await siteOf(id)).version });
  });

  it('is refused when another project admin has decided meanwhile', async () => {
    const { id, version } = await waiting();
    await decide('deny', { clients: [id] });
    const [result] = await decide('approve', { clients: [{ id, version }] });
    expect(result?.changes).toEqual([{ field: 'approval_state', seen: '0', now: '-1' }]);
  });

  it('leaves the others of the same call alone', async () => {
    const [swapped, honest] = [await waiting(), await waiting()];
    await swapped.owner('PATCH', `/clients/${swapped.id}`, { name: 'site-b2-backup' });
    const clients = [swapped, honest].map(({ id, version }) => ({ id, version }));
    const results = await decide('approve', { clients });
    expect(results.map(({ done }) => done)).toEqual([false, true]);
  });

  it('tells long values apart that begin alike', async () => {
    const { owner, id } = await waiting();
    await owner('PATCH', `/clients/${id}`, { description: `${'a'.repeat(300)}1` });
    const { version } = await siteOf(id);
    await owner('PATCH', `/clients/${id}`, { description: `${'a'.repeat(300)}2` });
    const patch = { approval_state: 100, version };
    expect((await backend.admin('PATCH', `/clients/${id}`, patch)).status).toBe(409);
  });

  it('needs no version, as in NVIDIA’s clients', async () => {
    const { id } = await waiting();
    expect((await backend.admin('PATCH', `/clients/${id}`, { approval_state: 100 })).status).toBe(200);
  });

  it.each(['', 'x', 'a'.repeat(24)])('is refused with the unknown version %j', async (version) => {
    const { id, name } = await waiting();
    const [result] = await decide('approve', { clients: [{ id, version }] });
    expect(result).toMatchObject({ done: false, code: 'changed' });
    expect(result?.changes).toContainEqual({ field: 'name', seen: null, now: name });
  });

  it('is refused, naming the present values alone, after more changes than are kept', async () => {
    const { owner, id, version } = await waiting();
    for (let change = 0; change < 20; change += 1) {
      await owner('PATCH', `/clients/${id}`, { description: `change ${change}` });
    }
    const [result] = await decide('approve', { clients: [{ id, version }] });
    expect(result?.changes).toContainEqual({ field: 'description', seen: null, now: 'change 19' });
  });
});

describe('an approval without the version that was seen', () => {
  it.each([
    ['a plain number', (id: number) => id],
    ['an ID alone', (id: number) => ({ id })],
  ])('is refused as a whole for %s, and changes nothing', async (_name, named) => {
    const [blind, seen, person] = [await waiting(), await waiting(), await applicant()];
    const { id, version } = seen;
    const clients = [{ id, version }, named(blind.id)];
    const response = await backend.admin('POST', '/approvals', {
      decision: 'approve',
      users: [named(person.id)],
      clients,
    });
    expect(response).toMatchObject({
      status: 400,
      json: {
        fields: [
          { path: 'users.0.version', code: 'missing' },
          { path: 'clients.1.version', code: 'missing' },
        ],
      },
    });
    for (const site of [seen, blind]) {
      expect(await siteOf(site.id)).toMatchObject({ approval_state: 0 });
    }
    expect(await userOf(person.id)).toMatchObject({ approval_state: 0 });
  });

  it('is no reason to refuse a denial', async () => {
    const { id } = await waiting();
    expect(await decide('deny', { clients: [id] })).toMatchObject([{ done: true }]);
  });
});

describe('a decision on an account', () => {
  it('is refused when its name was swapped between look and click', async () => {
    const { own, id, version } = await applicant();
    expect((await own('PATCH', `/users/${id}`, { name: 'Dr. Somebody Else' })).status).toBe(200);
    for (const decision of ['approve', 'deny', 'delete']) {
      const [result] = await decide(decision, { users: [{ id, version }] });
      expect(result).toMatchObject({
        code: 'changed',
        changes: [{ field: 'name', now: 'Dr. Somebody Else' }],
      });
    }
    const patch = { role: 'lead', version };
    expect((await backend.admin('PATCH', `/users/${id}`, patch)).json).toMatchObject({ code: 'changed' });
    expect((await userOf(id)).approval_state).toBe(0);
  });

  it('passes when only the password, the sessions or downloads changed', async () => {
    const { own, id, version } = await applicant();
    const password = 'blue-tractor-91';
    expect((await own('PATCH', `/users/${id}`, { password })).status).toBe(200);
    const [result] = await decide('approve', { users: [{ id, version }] });
    expect(result).toMatchObject({ done: true, version: (await userOf(id)).version });
  });
});

it('shows no version of a site that somebody may see only in part', async () => {
  const { id, version } = await waiting();
  await decide('approve', { clients: [{ id, version }] });
  const stranger = await backend.user('elsewhere@example.org', 'org_admin', 'elsewhere', 100);
  const { json } = await stranger('GET', '/clients');
  const { client_list: sites } = z
    .object({ client_list: z.array(z.object({ id: z.number(), version: z.string().optional() })) })
    .parse(json);
  expect(sites.find((site) => site.id === id)).toEqual({ id });
});
