import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '../../src/backend/store/database.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { startBackend, type Ask, type Backend } from '../api/backend.ts';

const MINUTE = 60_000;

/** Fields of the tables, or of JavaScript itself, that nobody but the backend sets. */
const SMUGGLED = {
  id: 1,
  role_id: 1,
  organization_id: 1,
  creator_id: 1,
  password_hash: 'x',
  download_count: 99,
  created_at: 'Thu, 01 Jan 1970 00:00:00 GMT',
  updated_at: 'Thu, 01 Jan 1970 00:00:00 GMT',
  must_change_password: 1,
  root_key: 'x',
  root_cert: 'x',
  num_users: 9,
  isAdmin: true,
  toString: 'x',
  hasOwnProperty: 'x',
};
/** As texts: written as objects they would be something else. */
const POISONED = [
  '{"name":"x","__proto__":{"isAdmin":true,"approval_state":200}}',
  '{"name":"x","constructor":{"prototype":{"isAdmin":true}}}',
];

let backend: Backend;
let db: Database;
let member: Ask & { id: number };
let orgAdmin: Ask & { id: number };
let site = 0;

beforeAll(async () => {
  backend = await startBackend();
  db = await openDatabase(backend.database);
  await backend.admin('PATCH', '/project', { public: true });
  member = await backend.user('member@example.org', 'member', 'clinic', 100);
  orgAdmin = await backend.user('org@example.org', 'org_admin', 'clinic', 100);
  await orgAdmin('POST', '/clients', { name: 'site-1', organization: 'clinic' });
  site = (await clientRow('site-1'))?.id ?? 0;
}, MINUTE);
afterAll(async () => {
  await db.close();
  await backend.close();
});

const userRow = (email: string) =>
  db.reader.selectFrom('user').selectAll().where('email', '=', email).executeTakeFirst();
const clientRow = (name: string) =>
  db.reader.selectFrom('client').selectAll().where('name', '=', name).executeTakeFirst();
const projectRow = () => db.reader.selectFrom('project').selectAll().executeTakeFirst();

describe('fields that nobody may set', () => {
  it('have no effect in a sign-up', async () => {
    const account = { password: 'purple-kettle-58', organization: 'clinic', role: 'member' };
    const plain = { ...account, email: 'plain@example.org' };
    const smuggling = { ...account, ...SMUGGLED, email: 'smuggler@example.org', approval_state: 200 };
    expect((await backend.stranger('POST', '/users', plain)).status).toBe(201);
    expect((await backend.stranger('POST', '/users', smuggling)).status).toBe(201);
    const [honest, smuggler] = [await userRow('plain@example.org'), await userRow('smuggler@example.org')];
    expect(smuggler).toEqual({
      ...honest,
      id: (honest?.id ?? 0) + 1,
      email: 'smuggler@example.org',
      password_hash: expect.stringMatching(/^scrypt:/),
      created_at: expect.stringMatching(/^20/),
      updated_at: expect.stringMatching(/^20/),
    });
    const admin = { ...account, email: 'boss@example.org', role: 'project_admin' };
    expect((await backend.stranger('POST', '/users', admin)).status).toBe(409);
  });

  it('have no effect in a change of the own account, and those of the project admin are refused', async () => {
    const before = await userRow('member@example.org');
    const changed = await member('PATCH', `/users/${member.id}`, { ...SMUGGLED, name: 'New name' });
    expect(changed.status).toBe(200);
    expect(await userRow('member@example.org')).toEqual({
      ...before,
      name: 'New name',
      updated_at: expect.stringMatching(/^20/),
    });
    for (const field of [
      { approval_state: 200 },
      { approval_reason: 'mine' },
      { props: { a: 1 } },
      { role: 'org_admin' },
      { organization: 'hospital' },
    ]) {
      const refused = await member('PATCH', `/users/${member.id}`, { ...field, name: 'Other' });
      expect([Object.keys(field), refused.status]).toEqual([Object.keys(field), 403]);
    }
    expect(await userRow('member@example.org')).toMatchObject({ name: 'New name', approval_state: 100 });
    const email = await member('PATCH', `/users/${member.id}`, { email: 'other@example.org' });
    expect([email.status, await userRow('other@example.org')]).toEqual([expect.any(Number), undefined]);
  });

  it('have no effect on a site, and approval and creator are the project admin’s', async () => {
    const before = await clientRow('site-1');
    const changed = await orgAdmin('PATCH', `/clients/${site}`, { ...SMUGGLED, description: 'Ward 7' });
    expect(changed.status).toBe(200);
    expect(await clientRow('site-1')).toEqual({
      ...before,
      description: 'Ward 7',
      updated_at: expect.stringMatching(/^20/),
    });
    for (const field of [
      { approval_state: 100 },
      { approval_reason: 'mine' },
      { creator: 'member@example.org' },
    ]) {
      const refused = await orgAdmin('PATCH', `/clients/${site}`, { ...field, description: 'Other' });
      expect([Object.keys(field), refused.status]).toEqual([Object.keys(field), 403]);
    }
    expect(await clientRow('site-1')).toMatchObject({ description: 'Ward 7', approval_state: 0 });
    const made = await orgAdmin('POST', '/clients', { ...SMUGGLED, name: 'site-2', approval_state: 100 });
    expect([made.status, (await clientRow('site-2'))?.approval_state]).toEqual([201, 0]);
    expect((await clientRow('site-2'))?.creator_id).toBe(orgAdmin.id);
  });

  it('have no effect on the project, and are named in the answer', async () => {
    const before = await projectRow();
    const changed = await backend.admin('PATCH', '/project', { ...SMUGGLED, title: 'Smuggled' });
    expect([changed.status, changed.json['ignored']]).toEqual([
      200,
      expect.arrayContaining(['root_key', 'root_cert', 'num_users', 'id']),
    ]);
    expect(await projectRow()).toEqual({ ...before, title: 'Smuggled' });
  });

  it('are refused where they aim at JavaScript’s own objects', async () => {
    for (const text of POISONED) {
      const refused = await member('PATCH', `/users/${member.id}`, JSON.parse(text));
      expect([text, refused.status]).toEqual([text, 400]);
    }
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
    expect(Reflect.get({}, 'approval_state')).toBeUndefined();
  });
});
