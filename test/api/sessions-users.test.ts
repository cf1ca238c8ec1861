import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ADMIN, startBackend, type Backend } from './backend.ts';

const Created = z.object({ user: z.object({ id: z.number() }) });
const PASSWORD = 'blue-tractor-91';

let backend: Backend;

beforeAll(async () => {
  backend = await startBackend();
  expect((await backend.admin('PATCH', '/project', { public: true })).status).toBe(200);
}, 60_000);
afterAll(() => backend.close());

const signUp = (email: string, more: object = {}) =>
  backend.stranger('POST', '/users', { email, password: PASSWORD, ...more });
const idOf = (json: unknown): number => Created.parse(json).user.id;

describe('sign-up', () => {
  it('registers an org admin with sites in one go, pending whatever else is sent', async () => {
    const sites = [{ name: 'up-1' }, { name: 'up-2' }];
    const more = { role: 'org_admin', organization: 'acme', sites, approval_state: 200, download_count: 9 };
    const reply = await signUp('oa@example.org', more);
    expect(reply.status).toBe(201);
    expect(reply.json['user']).toMatchObject({ role: 'org_admin', approval_state: 0, download_count: 0 });
    expect(reply.json['client']).toEqual(reply.json['user']);
    expect(JSON.stringify(reply.json)).not.toContain('scrypt');
  });

  it('leaves nothing behind when one of the sites is taken', async () => {
    const sites = [{ name: 'up-3' }, { name: 'UP-1' }];
    const refused = await signUp('ob@example.org', { role: 'org_admin', organization: 'acme', sites });
    expect(refused).toMatchObject({ status: 409, json: { code: 'conflicting' } });
    const again = await signUp('ob@example.org', {
      role: 'org_admin',
      organization: 'acme',
      sites: sites.slice(0, 1),
    });
    expect(again.status).toBe(201);
  });

  it('knows an e-mail in any case', async () => {
    expect((await signUp('case@example.org')).status).toBe(201);
    expect((await signUp('CASE@example.org')).status).toBe(409);
  });

  it.each([
    ['no e-mail', { password: PASSWORD }],
    ['a wrong e-mail', { email: 'x', password: PASSWORD }],
    ['a short password', { email: 's@example.org', password: 'x7!kq' }],
    ['a common password', { email: 's@example.org', password: 'Password123!' }],
    ['a password of the list, in any case', { email: 's@example.org', password: 'Scorpion' }],
    ['the role proj_admin', { email: 's@example.org', password: PASSWORD, role: 'proj_admin' }],
    [
      'a blank in the organization',
      { email: 's@example.org', password: PASSWORD, organization: 'My Hospital' },
    ],
  ])('refuses %s', async (_what, body) => {
    expect(await backend.stranger('POST', '/users', body)).toMatchObject({
      status: 400,
      json: { code: 'invalid' },
    });
  });

  it('refuses the role project_admin as NVIDIA does', async () => {
    const body = { email: 's@example.org', password: PASSWORD, role: 'project_admin' };
    for (const ask of [backend.stranger, backend.admin]) {
      expect(await ask('POST', '/users', body)).toMatchObject({
        status: 409,
        json: { status: 'conflicting', fields: [{ path: 'role', code: 'role_reserved' }] },
      });
    }
  });

  it('lets role and organization be chosen once by the pending user, and not after approval', async () => {
    const later = await backend.user('later@example.org', '', '', 0);
    expect((await later('PATCH', `/users/${later.id}`, { role: 'lead', organization: 'acme' })).status).toBe(
      200,
    );
    expect((await later('PATCH', `/users/${later.id}`, { role: 'member' })).status).toBe(403);
    const empty = await backend.user('empty@example.org', '', '', 100);
    expect((await empty('PATCH', `/users/${empty.id}`, { role: 'lead' })).status).toBe(403);
  });
});

describe('users', () => {
  it('cannot raise themselves', async () => {
    const member = await backend.user('member@example.org', 'member', 'acme', 100);
    for (const body of [
      { approval_state: 200 },
      { role: 'project_admin' },
      { organization: 'other' },
      { props: {} },
    ]) {
      expect((await member('PATCH', `/users/${member.id}`, body)).status).not.toBe(200);
    }
  });

  it('see their own organization only, and other accounts not at all', async () => {
    const lead = await backend.user('lead2@example.org', 'lead', 'solo', 100);
    const list = await lead('GET', '/users');
    expect(list.json).toMatchObject({ total: 1, user_list: [{ email: 'lead2@example.org' }] });
    expect((await lead('GET', '/users/1')).status).toBe(403);
    expect((await lead('GET', '/users/99999')).status).toBe(403);
    expect((await backend.admin('GET', '/users/99999')).status).toBe(404);
  });

  it('keep their e-mail', async () => {
    const reply = await backend.admin('PATCH', '/users/1', { email: 'other@example.org', name: 'Boss' });
    expect(reply.json['user']).toMatchObject({ email: ADMIN, name: 'Boss' });
  });

  it('are refused on the next request after denial', async () => {
    const denied = await backend.user('denied@example.org', 'lead', 'acme', 100);
    expect((await denied('GET', '/me')).status).toBe(200);
    await backend.admin('PATCH', `/users/${denied.id}`, { approval_state: -1 });
    expect((await denied('GET', '/me')).status).toBe(401);
  });

  it('keep the present session alone with a password change', async () => {
    const changed = await backend.user('pw@example.org', 'lead', 'acme', 100);
    const credentials = { email: 'pw@example.org', password: 'correct-horse-battery' };
    const { json } = await backend.stranger('POST', '/login', credentials);
    expect((await changed('PATCH', `/users/${changed.id}`, { password: 'green-wagon-44' })).status).toBe(200);
    expect((await changed('GET', '/me')).status).toBe(200);
    expect((await backend.as(String(json['access_token']))('GET', '/me')).status).toBe(401);
  });

  it('who say the present password, have to say the right one, and have five guesses', async () => {
    const guessed = await backend.user('guessed@example.org', 'lead', 'acme', 100);
    const say = (current_password: string) =>
      guessed('PATCH', `/users/${guessed.id}`, { password: 'green-wagon-44', current_password });
    const wrong = { status: 400, json: { code: 'invalid', fields: [{ path: 'current_password' }] } };
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await say(`wrong-guess-${guess}`)).toMatchObject(wrong);
    }
    expect((await say('correct-horse-battery')).status).toBe(429);
    const right = await backend.user('right@example.org', 'lead', 'acme', 100);
    const body = { password: 'green-wagon-44', current_password: 'correct-horse-battery' };
    expect((await right('PATCH', `/users/${right.id}`, body)).status).toBe(200);
    const credentials = { email: 'right@example.org', password: 'green-wagon-44' };
    expect((await backend.stranger('POST', '/login', credentials)).status).toBe(200);
  });

  it('always include one project admin', async () => {
    const last = { status: 409, json: { code: 'last_admin' } };
    expect(await backend.admin('DELETE', '/users/1')).toMatchObject(last);
    expect(await backend.admin('PATCH', '/users/1', { role: 'lead' })).toMatchObject(last);
    expect(await backend.admin('PATCH', '/users/1', { approval_state: -1 })).toMatchObject(last);
  });

  it('cannot be approved before they chose role and organization', async () => {
    const id = idOf((await signUp('unfinished@example.org')).json);
    expect((await backend.admin('PATCH', `/users/${id}`, { approval_state: 100 })).status).toBe(409);
  });
});

describe('log-in', () => {
  const attempt = (email: string) => backend.stranger('POST', '/login', { email, password: 'wrong-guess-1' });

  it('answers unknown and known users alike, and logs out', async () => {
    const texts = [await attempt('nobody@example.org'), await attempt('case@example.org')].map(
      ({ status, json }) => ({
        status,
        json: { ...json, request_id: '' },
      }),
    );
    expect(texts[0]).toEqual(texts[1]);
    expect(texts[0]?.status).toBe(401);
    const out = await backend.user('out@example.org', 'lead', 'acme', 100);
    expect((await out('POST', '/logout')).status).toBe(200);
    expect((await out('GET', '/me')).status).toBe(401);
  });

  it('tells a denied user the reason, and whoever guesses the password nothing', async () => {
    const id = idOf((await signUp('refused@example.org', { role: 'lead', organization: 'acme' })).json);
    await backend.admin('PATCH', `/users/${id}`, {
      approval_state: -1,
      approval_reason: 'Not of this study',
    });
    const right = { email: 'refused@example.org', password: PASSWORD };
    expect(await backend.stranger('POST', '/login', right)).toMatchObject({
      status: 401,
      json: { status: 'unauthenticated', code: 'denied', reason: 'Not of this study' },
    });
    const [guessed, unknown] = [await attempt(right.email), await attempt('nobody@example.org')];
    expect({ ...guessed.json, request_id: '' }).toEqual({ ...unknown.json, request_id: '' });
    expect(JSON.stringify(guessed.json)).not.toMatch(/denied|reason/);
  });

  it('checks at most five of many parallel guesses', async () => {
    const replies = await Promise.all(Array.from({ length: 30 }, () => attempt('ob@example.org')));
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(replies.find(({ status }) => status === 429)?.headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

it('keeps an audit whose chain is whole, for the project admin alone', async () => {
  expect((await backend.admin('GET', '/audit')).json).toMatchObject({ status: 'ok', intact: true });
  expect((await backend.stranger('GET', '/audit')).status).toBe(401);
});

it('finds audit rows by text anywhere and by time', async () => {
  const Rows = z.array(z.object({ id: z.number(), at: z.string(), action: z.string() }));
  // Reading leaves a row of its own, soon after the response.
  const rows = async (query: string) => {
    const { status, json } = await backend.admin('GET', `/audit?limit=1000&${query}`);
    expect(status).toBe(200);
    return Rows.parse(json['audit']).filter(({ action }) => action !== 'data.read');
  };
  const all = await rows('');
  const created = await rows('q=USER.Create');
  expect(created.length).toBeGreaterThan(0);
  expect(created).toEqual(all.filter(({ action }) => action === 'user.create'));
  expect(await rows('q=user_create')).toEqual([]);
  const middle = all[Math.floor(all.length / 2)]?.at ?? '';
  expect(await rows(`since=${middle}`)).toEqual(all.filter(({ at }) => at >= middle));
  expect(await rows(`until=${middle}`)).toEqual(all.filter(({ at }) => at < middle));
  expect((await backend.admin('GET', '/audit?since=yesterday')).status).toBe(400);
});

it('serves its document and the page to read it', async () => {
  const response = await fetch(`${backend.url}/docs`);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('/api/v1/users');
});
