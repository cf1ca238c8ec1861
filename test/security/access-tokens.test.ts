import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Database } from '../../src/backend/store/database.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { toTimestamp } from '../../src/backend/store/timestamp.ts';
import { startBackend, type Ask, type Backend } from '../api/backend.ts';

const Created = z.object({ token: z.string(), access_token: z.object({ id: z.string() }) });
const Listed = z.object({
  access_tokens: z.array(
    z.object({ id: z.string(), owner: z.string(), last_used_at: z.string().nullable() }),
  ),
});
const Audit = z.object({
  audit: z.array(z.object({ action: z.string(), detail: z.record(z.string(), z.unknown()) })),
});
const SECRET_LENGTH = 43;
const CREDENTIAL_OF_ADMIN = 'admin@example.org';

let backend: Backend;
let db: Database;
let count = 0;

beforeAll(async () => {
  backend = await startBackend();
  db = await openDatabase(backend.database);
  const project = {
    public: true,
    short_name: 'demo',
    server1: 'server.example.org',
    key_bits: 2048,
    frozen: true,
  };
  expect((await backend.admin('PATCH', '/project', project)).status).toBe(200);
}, 180_000);
afterAll(async () => {
  await db.close();
  await backend.close();
}, 180_000);

const newUser = (role: 'project_admin' | 'org_admin' | 'member' = 'member') => {
  count += 1;
  return backend.user(`owner-${count}@example.org`, role, 'clinic', 100);
};

const newToken = async (
  owner: Ask,
  scopes: readonly string[],
  more: object = {},
): Promise<Ask & { readonly id: string }> => {
  count += 1;
  const reply = await owner('POST', '/tokens', { name: `token ${count}`, scopes, ...more });
  expect(reply.status).toBe(201);
  const { token, access_token: view } = Created.parse(reply.json);
  return Object.assign(backend.as(token), { id: view.id });
};

const move = (id: string, times: object): Promise<unknown> =>
  db.write((trx) => trx.updateTable('access_token').set(times).where('id', '=', id).execute());
const minutesAgo = (minutes: number): string => toTimestamp(new Date(Date.now() - minutes * 60_000));

describe('an access token', () => {
  it('acts as its owner, and shows when it was used', async () => {
    const owner = await newUser();
    const token = await newToken(owner, ['read']);
    expect((await token('GET', '/me')).json['user']).toMatchObject({ id: owner.id });
    const used = async () =>
      Listed.parse((await owner('GET', '/tokens')).json).access_tokens[0]?.last_used_at ?? null;
    let last: string | null;
    do {
      last = await used();
    } while (last === null);
    expect(last).toContain('GMT');
  });

  it('is stored as a hash only', async () => {
    const token = await newToken(await newUser(), ['read']);
    const rows = await db.reader.selectFrom('access_token').selectAll().execute();
    expect(JSON.stringify(rows)).toContain(token.id);
    expect(JSON.stringify(rows)).not.toContain(token.token.slice(-SECRET_LENGTH));
  });

  it.each([
    ['read', 'PATCH', '/project', { title: 'x' }],
    ['read', 'POST', '/approvals', { decision: 'approve' }],
    ['read', 'POST', '/servers/1/blob', {}],
    ['kits', 'PATCH', '/project', { title: 'x' }],
    ['write', 'POST', '/servers/1/blob', {}],
    ['write', 'POST', '/overseer/blob', {}],
  ])('with the scope %s is refused %s %s', async (scope, method, route, body) => {
    const token = await newToken(backend.admin, [scope]);
    const reply = await token(method, route, body);
    expect(reply).toMatchObject({ status: 403, json: { code: 'unauthorized' } });
    expect(reply.json['message']).toContain('lacks the scope');
  });

  it.each([
    ['read', 'GET', '/users', undefined],
    ['kits', 'POST', '/servers/1/blob', {}],
    ['kits', 'GET', '/project', undefined],
    ['write', 'PATCH', '/project', { public: true }],
    ['write', 'GET', '/inbox', undefined],
  ])('with the scope %s may %s %s', async (scope, method, route, body) => {
    const token = await newToken(backend.admin, [scope]);
    expect((await token(method, route, body)).status).toBe(200);
  });

  it('gives no more rights than its owner has', async () => {
    const token = await newToken(await newUser('member'), ['read', 'kits', 'write']);
    expect((await token('PATCH', '/project', { title: 'x' })).status).toBe(403);
    expect((await token('GET', '/tokens?all=true')).status).toBe(403);
    expect((await token('POST', '/servers/1/blob', {})).status).toBe(403);
  });

  it.each([
    ['another token', 'POST', '/tokens', { name: 'next', scopes: ['read'] }],
    ['the owner’s sessions', 'DELETE', '/sessions', undefined],
    ['a passphrase', 'POST', '/passphrase', { passphrase: 'long enough' }],
    ['a confirmation of the password', 'POST', '/sessions/confirm', { password: 'x' }],
    ['a log-out', 'POST', '/logout', undefined],
  ])('is not enough for %s', async (_what, method, route, body) => {
    const token = await newToken(backend.admin, ['read', 'kits', 'write']);
    const reply = await token(method, route, body);
    expect(reply).toMatchObject({ status: 403, json: { code: 'unauthorized' } });
    expect(reply.json['message']).toContain('log in');
  });

  it.each([
    ['making somebody a project admin', { role: 'project_admin', approval_state: 100 }],
    ["setting somebody's password", { password: 'blue-tractor-91' }],
  ])('is not enough for %s', async (_what, patch) => {
    const token = await newToken(backend.admin, ['write']);
    const victim = await newUser();
    expect((await token('PATCH', `/users/${victim.id}`, patch)).status).toBe(403);
    expect((await token('DELETE', `/users/${victim.id}`)).status).toBe(403);
  });

  it.each([
    ['is revoked', async (owner: Ask, id: string) => owner('DELETE', `/tokens/${id}`)],
    ['expires', async (_owner: Ask, id: string) => move(id, { expires_at: minutesAgo(0) })],
  ])('counts for nothing once it %s', async (_when, end) => {
    const owner = await newUser();
    const token = await newToken(owner, ['read']);
    expect((await token('GET', '/me')).status).toBe(200);
    await end(owner, token.id);
    expect((await token('GET', '/me')).status).toBe(401);
  });

  it.each([
    ['denied', (id: number) => backend.admin('PATCH', `/users/${id}`, { approval_state: -1 })],
    ['deleted', (id: number) => backend.admin('DELETE', `/users/${id}`)],
    [
      'given another password',
      (id: number) => backend.admin('PATCH', `/users/${id}`, { password: 'blue-tractor-91' }),
    ],
  ])('ends for good when its owner is %s', async (_how, end) => {
    const owner = await newUser();
    const token = await newToken(owner, ['read']);
    expect((await end(owner.id)).status).toBe(200);
    await backend.admin('PATCH', `/users/${owner.id}`, { approval_state: 100 });
    expect((await token('GET', '/me')).status).toBe(401);
  });

  it('loses the rights its owner loses', async () => {
    const owner = await newUser('project_admin');
    const token = await newToken(owner, ['read']);
    expect((await token('GET', '/inbox')).status).toBe(200);
    expect((await backend.admin('PATCH', `/users/${owner.id}`, { role: 'member' })).status).toBe(200);
    expect((await token('GET', '/inbox')).status).toBe(403);
  });

  it('cannot be guessed from its id', async () => {
    const token = await newToken(await newUser(), ['read']);
    const forged = backend.as(`nvfl_${token.id}_${'A'.repeat(SECRET_LENGTH)}`);
    expect((await forged('GET', '/me')).status).toBe(401);
  });
});

describe('access tokens', () => {
  it('need a log-in or confirmation of the last five minutes', async () => {
    const owner = await newUser();
    await db.write((trx) =>
      trx
        .updateTable('session')
        .set({ confirmed_at: minutesAgo(6) })
        .where('user_id', '=', owner.id)
        .execute(),
    );
    const reply = await owner('POST', '/tokens', { name: 'late', scopes: ['read'] });
    expect(reply).toMatchObject({ status: 403, json: { code: 'confirmation_required' } });
  });

  it('of others are listed and revoked by project admins only', async () => {
    const owner = await newUser();
    const token = await newToken(owner, ['read']);
    const other = await newUser('org_admin');
    expect((await other('DELETE', `/tokens/${token.id}`)).status).toBe(404);
    const all = Listed.parse((await backend.admin('GET', '/tokens?all=true')).json).access_tokens;
    expect(all.map(({ id }) => id)).toContain(token.id);
    const own = Listed.parse((await backend.admin('GET', '/tokens')).json).access_tokens;
    expect(new Set(own.map(({ owner: email }) => email))).toEqual(new Set([CREDENTIAL_OF_ADMIN]));
    expect((await backend.admin('DELETE', `/tokens/${token.id}`)).status).toBe(200);
  });

  it.each([
    ['no name', { name: '', scopes: ['read'] }],
    ['no scope', { name: 'a', scopes: [] }],
    ['an unknown scope', { name: 'a', scopes: ['root'] }],
    ['no end', { name: 'a', scopes: ['read'], expires_in_days: 100_000 }],
    ['control characters in the name', { name: 'a\u0007', scopes: ['read'] }],
  ])('with %s are refused', async (_what, body) => {
    expect((await backend.admin('POST', '/tokens', body)).status).toBe(400);
  });

  it('with a name already used by the owner are refused', async () => {
    const owner = await newUser();
    const body = { name: 'ci', scopes: ['read'] };
    expect((await owner('POST', '/tokens', body)).status).toBe(201);
    const again = await owner('POST', '/tokens', body);
    expect(again).toMatchObject({ status: 409, json: { fields: [{ path: 'name' }] } });
  });

  it('are named in the audit by what they did', async () => {
    const token = await newToken(backend.admin, ['write']);
    expect((await token('PATCH', '/project', { public: false })).status).toBe(200);
    const { audit } = Audit.parse((await backend.admin('GET', '/audit?limit=1')).json);
    expect(audit[0]).toMatchObject({ action: 'project.change', detail: { access_token: token.id } });
  });
});
