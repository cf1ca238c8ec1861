import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Ask, type Backend } from '../api/backend.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import type { Database } from '../../src/backend/store/database.ts';
import { toTimestamp } from '../../src/backend/store/timestamp.ts';
import { until } from '../support/until.ts';

const Created = z.object({ token: z.string(), project_token: z.object({ id: z.string() }) });
const Listed = z.object({
  project_tokens: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      created_by: z.string(),
      last_used_at: z.string().nullable(),
    }),
  ),
});
const Audit = z.object({ audit: z.array(z.object({ actor: z.string(), action: z.string() })) });
const Invited = z.object({ invitations: z.array(z.object({ token: z.string() })) });
const Site = z.object({ client: z.object({ id: z.number() }) });
const Page = z.object({ client_list: z.array(z.object({ id: z.number() })) });
const SECRET_LENGTH = 43;
const SCOPES = ['read', 'kits', 'write'];

let backend: Backend;
let db: Database;
let count = 0;

beforeAll(async () => {
  backend = await startBackend();
  db = await openDatabase(backend.database);
  const project = { public: true, short_name: 'demo', server1: 'server.example.org' };
  expect((await backend.admin('PATCH', '/project', project)).status).toBe(200);
  const organization = { display_name: 'Clinic', name: 'clinic' };
  expect((await backend.admin('POST', '/organizations', organization)).status).toBe(201);
}, 180_000);
afterAll(async () => {
  await db.close();
  await backend.close();
}, 180_000);

interface ProjectToken extends Ask {
  readonly id: string;
  readonly title: string;
}

const newToken = async (
  scopes: readonly string[] = SCOPES,
  by: Ask = backend.admin,
): Promise<ProjectToken> => {
  count += 1;
  const name = `pipeline ${count}`;
  const reply = await by('POST', '/project/tokens', { name, scopes });
  expect(reply.status).toBe(201);
  const { token, project_token: view } = Created.parse(reply.json);
  return Object.assign(backend.as(token), { id: view.id, title: name });
};

const another = (role: 'project_admin' | 'org_admin' = 'project_admin') => {
  count += 1;
  return backend.user(`person-${count}@example.org`, role, 'clinic', 100);
};

const listed = async () => Listed.parse((await backend.admin('GET', '/project/tokens')).json).project_tokens;

describe('a token of the project', () => {
  it('does what its scopes allow, as itself', async () => {
    const token = await newToken();
    expect((await token('GET', '/me')).json['user']).toMatchObject({
      email: `token:${token.title}`,
      name: token.title,
      role: 'project_admin',
    });
    expect((await token('PATCH', '/project', { title: 'Set by a pipeline' })).status).toBe(200);
    const { audit } = Audit.parse((await backend.admin('GET', '/audit?limit=20')).json);
    expect(audit).toContainEqual(
      expect.objectContaining({ actor: `token:${token.title}`, action: 'project.change' }),
    );
  });

  it('is listed with its creator and last use, and stored as a hash only', async () => {
    const token = await newToken(['read']);
    expect((await token('GET', '/users')).status).toBe(200);
    const shown = await until(async () =>
      (await listed()).find(({ id, last_used_at: used }) => id === token.id && used !== null),
    );
    expect(shown).toMatchObject({ name: token.title, created_by: 'admin@example.org' });
    const rows = await db.reader.selectFrom('project_token').selectAll().execute();
    expect(JSON.stringify(rows)).toContain(token.id);
    expect(JSON.stringify(rows)).not.toContain(token.token.slice(-SECRET_LENGTH));
  });

  it.each([
    ['read', 'PATCH', '/project', { title: 'x' }],
    ['write', 'POST', '/servers/1/blob', {}],
    ['read', 'POST', '/invitations', { organization: 'clinic', role: 'member' }],
  ])('with the scope %s is refused %s %s', async (scope, method, route, body) => {
    const token = await newToken([scope]);
    const reply = await token(method, route, body);
    expect(reply).toMatchObject({ status: 403, json: { code: 'unauthorized' } });
    expect(reply.json['message']).toContain('lacks the scope');
  });

  it.each([
    ['another token', 'POST', '/project/tokens', { name: 'next', scopes: ['read'] }],
    ['a personal token', 'POST', '/tokens', { name: 'next', scopes: ['read'] }],
    ['a passphrase', 'POST', '/passphrase', { passphrase: 'long enough' }],
    ['sessions', 'GET', '/sessions', undefined],
    ['a second factor', 'POST', '/second-factor/totp', undefined],
    ['its own data', 'GET', '/me/export', undefined],
    ['a confirmation', 'POST', '/sessions/confirm', { password: 'x' }],
    ['making a project admin', 'PATCH', '/users/1', { role: 'project_admin', password: 'blue-tractor-91' }],
  ])('is not enough for %s', async (_what, method, route, body) => {
    const reply = await (await newToken())(method, route, body);
    expect(reply).toMatchObject({ status: 403, json: { code: 'unauthorized' } });
  });

  it('outlives the demotion and the deletion of who created it', async () => {
    const creator = await another();
    const token = await newToken(['read'], creator);
    const change = { role: 'lead', approval_state: 100 };
    expect((await backend.admin('PATCH', `/users/${creator.id}`, change)).status).toBe(200);
    expect((await token('GET', '/users')).status).toBe(200);
    expect((await creator('DELETE', `/project/tokens/${token.id}`)).status).toBe(403);
    expect((await backend.admin('DELETE', `/users/${creator.id}`)).status).toBe(200);
    expect((await token('GET', '/users')).status).toBe(200);
    expect((await listed()).find(({ id }) => id === token.id)).toMatchObject({
      created_by: `person-${count - 1}@example.org`,
    });
    expect((await backend.admin('DELETE', `/project/tokens/${token.id}`)).status).toBe(200);
    expect((await token('GET', '/users')).status).toBe(401);
  });

  it('counts for nothing once it has expired, or with a wrong secret', async () => {
    const token = await newToken(['read']);
    const wrong = `${token.token.slice(0, -1)}${token.token.endsWith('A') ? 'B' : 'A'}`;
    expect((await backend.as(wrong)('GET', '/users')).status).toBe(401);
    const expires_at = toTimestamp(new Date());
    await db.write((trx) =>
      trx.updateTable('project_token').set({ expires_at }).where('id', '=', token.id).execute(),
    );
    expect((await token('GET', '/users')).status).toBe(401);
  });

  it.each([
    ['a name that is taken', 409, { scopes: ['read'] }],
    ['a name with a control character', 400, { name: 'a\u0007', scopes: ['read'] }],
    ['a name of 65 characters', 400, { name: 'x'.repeat(65), scopes: ['read'] }],
    ['no scope', 400, { name: 'none', scopes: [] }],
    ['more than a year', 400, { name: 'long', scopes: ['read'], expires_in_days: 367 }],
  ])('is not generated with %s', async (_what, status, body) => {
    const { title: name } = await newToken();
    expect((await backend.admin('POST', '/project/tokens', { name, ...body })).status).toBe(status);
  });

  it('is not generated or seen by others than project admins', async () => {
    const other = await another('org_admin');
    const token = await newToken();
    expect((await other('GET', '/project/tokens')).status).toBe(403);
    expect((await other('POST', '/project/tokens', { name: 'x', scopes: ['read'] })).status).toBe(403);
    expect((await other('DELETE', `/project/tokens/${token.id}`)).status).toBe(403);
    expect((await backend.admin('DELETE', '/project/tokens/none')).status).toBe(404);
  });
});

describe('what a token of the project creates', () => {
  it('are sites that belong to the first project admin', async () => {
    const token = await newToken();
    const reply = await token('POST', '/clients', { name: 'site-of-token', organization: 'clinic' });
    expect(reply.status).toBe(201);
    const { id } = Site.parse(reply.json).client;
    const own = Page.parse((await backend.admin('GET', '/clients?owner=1')).json);
    expect(own.client_list.map((site) => site.id)).toContain(id);
    const csv = 'name,organization\nimported-by-token,clinic\n';
    expect((await token('POST', '/clients/import', { csv })).status).toBe(200);
  });

  it('are invitations that work until the token is revoked', async () => {
    const token = await newToken();
    const invite = async () => {
      const body = { organization: 'clinic', role: 'member', uses: 5 };
      const reply = await token('POST', '/invitations', body);
      expect(reply.status).toBe(201);
      return Invited.parse(reply.json).invitations[0]?.token ?? '';
    };
    const invitation = await invite();
    const check = () => backend.stranger('POST', '/invitations/check', { token: invitation });
    expect((await check()).status).toBe(200);
    expect((await backend.admin('DELETE', `/project/tokens/${token.id}`)).status).toBe(200);
    expect((await check()).status).toBe(400);
    const again = { name: token.title, scopes: ['read'] };
    expect((await backend.admin('POST', '/project/tokens', again)).status).toBe(201);
    expect((await check()).status).toBe(400);
  });

  it('are people, whom it approves', async () => {
    const token = await newToken();
    const body = { email: 'by-token@example.org', password: 'blue-tractor-91', organization: 'clinic' };
    const created = await token('POST', '/users', { ...body, role: 'member' });
    expect(created.status).toBe(201);
  });
});
