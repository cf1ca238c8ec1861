import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { PAGE_HEADER, UNATTENDED_HEADER } from '../../src/contract/wire-headers.ts';
import type { Database } from '../../src/backend/store/database.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { toTimestamp } from '../../src/backend/store/timestamp.ts';
import { ADMIN, startBackend, type Ask, type Backend } from '../api/backend.ts';

const PASSWORD = 'correct-horse-battery';
const NEXT_PASSWORD = 'blue-tractor-91';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MAX_SESSIONS = 100;

const Sessions = z.object({
  sessions: z.array(z.object({ id: z.string(), current: z.boolean(), user_agent: z.string() })),
});
const Claims = z.object({ jti: z.string() });

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

type User = Awaited<ReturnType<Backend['user']>> & { readonly email: string };

const newUser = async (role: 'project_admin' | 'org_admin' | 'member' = 'member'): Promise<User> => {
  count += 1;
  const email = `user-${count}@example.org`;
  return Object.assign(await backend.user(email, role, 'clinic', 100), { email });
};

const logIn = async (email: string, password = PASSWORD): Promise<Ask> => {
  const { json } = await backend.stranger('POST', '/login', { email, password });
  return backend.as(z.string().parse(json['access_token']));
};

const sessionOf = ({ token }: Ask): string =>
  Claims.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).jti;

const ago = (ms: number): string => toTimestamp(new Date(Date.now() - ms));

/** Moves a stored time of the session. */
const set = (ask: Ask, times: object): Promise<unknown> =>
  db.write((trx) => trx.updateTable('session').set(times).where('jti', '=', sessionOf(ask)).execute());

const storedEnd = async (ask: Ask): Promise<string> => {
  const jti = sessionOf(ask);
  const query = db.reader.selectFrom('session').select('expires_at').where('jti', '=', jti);
  return (await query.executeTakeFirstOrThrow()).expires_at;
};

const statusOf = async (ask: Ask): Promise<number> => (await ask('GET', '/me')).status;
const expiresIn = async (ask: Ask): Promise<number> =>
  z.number().parse((await ask('GET', '/me')).json['expires_in']);

describe('a session', () => {
  it('ends after 30 minutes without use', async () => {
    const user = await newUser();
    expect(await expiresIn(user)).toBeGreaterThan(1790);
    expect(await expiresIn(user)).toBeLessThanOrEqual(1800);
    await set(user, { expires_at: ago(0) });
    expect(await statusOf(user)).toBe(401);
  });

  it('is prolonged by use, but never beyond 12 hours', async () => {
    const user = await newUser();
    const soon = toTimestamp(new Date(Date.now() + MINUTE_MS));
    await set(user, {
      created_at: ago(11 * HOUR_MS + 50 * MINUTE_MS),
      used_at: ago(29 * MINUTE_MS),
      expires_at: soon,
    });
    const left = await expiresIn(user);
    expect(left).toBeLessThanOrEqual(10 * 60);
    expect(left).toBeGreaterThan(9 * 60);
    let stored: string;
    do {
      stored = await storedEnd(user);
    } while (stored === soon);
  });

  it('says when it ends however much it is used', async () => {
    const user = await newUser();
    await set(user, { created_at: ago(10 * HOUR_MS) });
    const { json } = await user('GET', '/me');
    expect(json['max_expires_in']).toBeLessThanOrEqual(2 * 60 * 60);
    expect(json['max_expires_in']).toBeGreaterThan(2 * 60 * 60 - 10);
  });

  it('is not prolonged by what the page asks by itself', async () => {
    const user = await newUser();
    const end = toTimestamp(new Date(Date.now() + 10 * MINUTE_MS));
    await set(user, { used_at: ago(20 * MINUTE_MS), expires_at: end });
    const { json } = await user.with({ [UNATTENDED_HEADER]: '1' })('GET', '/me');
    expect(json['expires_in']).toBeLessThanOrEqual(10 * 60);
    await statusOf(await newUser());
    expect(await storedEnd(user)).toBe(end);
  });

  it('is not written to again within a minute', async () => {
    const user = await newUser();
    const end = toTimestamp(new Date(Date.now() + 5 * MINUTE_MS));
    await set(user, { used_at: ago(MINUTE_MS / 2), expires_at: end });
    await statusOf(user);
    const { json } = await user('GET', '/me');
    expect(json['expires_in']).toBeLessThanOrEqual(5 * 60);
  });

  it('is in a cookie alone for the page, and ended by the next log-in from the same browser', async () => {
    const user = await newUser();
    const page = (route: string, cookie: string, body?: object): Promise<Response> =>
      fetch(`${backend.url}/api/v1${route}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json', [PAGE_HEADER]: '1', cookie },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const credentials = { email: user.email, password: PASSWORD };
    const first = await page('/login', '', credentials);
    const cookie = first.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    expect(await first.json()).not.toHaveProperty('access_token');
    expect((await page('/me', cookie)).status).toBe(200);
    expect((await page('/login', cookie, credentials)).status).toBe(200);
    expect((await page('/me', cookie)).status).toBe(401);
    expect(await statusOf(user)).toBe(200);
  });

  it('is ended by the hundredth log-in after its last use', async () => {
    const user = await newUser();
    const [idle, kept] = [await logIn(user.email), await logIn(user.email)];
    await set(idle, { used_at: ago(20 * MINUTE_MS) });
    const now = toTimestamp(new Date());
    const expires = toTimestamp(new Date(Date.now() + HOUR_MS));
    const times = { created_at: now, used_at: now, confirmed_at: now, expires_at: expires };
    await db.write(async (trx) => {
      for (let index = 0; index < MAX_SESSIONS - 3; index += 1) {
        const more = {
          jti: `more-${user.id}-${index}`,
          user_id: user.id,
          address: '',
          user_agent: '',
          id_token: '',
        };
        await trx
          .insertInto('session')
          .values({ ...more, ...times })
          .execute();
      }
    });
    expect(await statusOf(idle)).toBe(200);
    await set(idle, { used_at: ago(20 * MINUTE_MS) });
    const last = await logIn(user.email);
    expect(await Promise.all([idle, kept, user, last].map(statusOf))).toEqual([401, 200, 200, 200]);
    expect(Sessions.parse((await last('GET', '/sessions')).json).sessions).toHaveLength(MAX_SESSIONS);
  });

  it('has an id of 128 random bits', async () => {
    const ids = await Promise.all(['one', 'two'].map(async () => sessionOf(await newUser())));
    expect(ids.map((id) => Buffer.from(id, 'base64url').length)).toEqual([16, 16]);
    expect(new Set(ids).size).toBe(2);
  });

  it('survives a change of its own password, and all others end', async () => {
    const user = await newUser();
    const other = await logIn(user.email);
    const body = { password: NEXT_PASSWORD, current_password: PASSWORD };
    expect((await user('PATCH', `/users/${user.id}`, body)).status).toBe(200);
    expect(await statusOf(user)).toBe(200);
    expect(await statusOf(other)).toBe(401);
  });
});

describe('the list of sessions', () => {
  it('shows the own ones alone, and ends them one by one or all others', async () => {
    const user = await newUser();
    const [second, third] = [await logIn(user.email), await logIn(user.email)];
    const { sessions } = Sessions.parse((await user('GET', '/sessions')).json);
    expect(sessions.map(({ id }) => id).sort()).toEqual([user, second, third].map(sessionOf).sort());
    expect(sessions.filter(({ current }) => current).map(({ id }) => id)).toEqual([sessionOf(user)]);
    expect(sessions.every(({ user_agent: agent }) => agent !== '')).toBe(true);
    expect((await user('DELETE', `/sessions/${sessionOf(second)}`)).status).toBe(200);
    expect(await statusOf(second)).toBe(401);
    expect((await user('DELETE', '/sessions')).status).toBe(200);
    expect([await statusOf(third), await statusOf(user)]).toEqual([401, 200]);
  });

  it('does not end the session of somebody else', async () => {
    const [user, other] = [await newUser(), await newUser()];
    expect((await user('DELETE', `/sessions/${sessionOf(other)}`)).status).toBe(404);
    expect(await statusOf(other)).toBe(200);
  });
});

describe('with a log-in older than five minutes', () => {
  const late = async (): Promise<User> => {
    const admin = await newUser('project_admin');
    await set(admin, { confirmed_at: ago(6 * MINUTE_MS) });
    return admin;
  };
  const required = { status: 403, json: { code: 'confirmation_required' } };

  it.each([
    ['POST', '/passphrase', { passphrase: 'attacker-chosen-1' }],
    ['PATCH', '/users/other', { role: 'project_admin' }],
    ['PATCH', '/users/other', { password: NEXT_PASSWORD }],
    ['PATCH', '/users/self', { password: NEXT_PASSWORD }],
    ['DELETE', '/users/other', undefined],
    ['DELETE', '/users/self', undefined],
    ['POST', '/approvals', { decision: 'delete', users: ['other'] }],
    ['POST', '/approvals', { decision: 'approve', users: [{ id: 'denied', version: 'seen' }] }],
  ])('%s %s %j asks for the password again', async (method, route, body) => {
    const [admin, other, denied] = [await late(), await newUser(), await newUser('project_admin')];
    expect((await backend.admin('PATCH', `/users/${denied.id}`, { approval_state: -1 })).status).toBe(200);
    const ids = new Map([
      ['self', admin.id],
      ['other', other.id],
      ['denied', denied.id],
    ]);
    const target = route.replace(/self|other/, (name) => String(ids.get(name)));
    const sent: unknown = JSON.parse(JSON.stringify(body ?? null), (_key, value: unknown) =>
      typeof value === 'string' ? (ids.get(value) ?? value) : value,
    );
    expect(await admin(method, target, sent ?? undefined)).toMatchObject(required);
    expect((await backend.admin('GET', `/users/${denied.id}`)).json['user']).toMatchObject({
      approval_state: -1,
    });
    expect((await backend.admin('GET', `/users/${other.id}`)).json['user']).toMatchObject({ role: 'member' });
  });

  it('works after the confirmation, which takes the right password', async () => {
    const [admin, other] = [await late(), await newUser()];
    const wrong = await admin('POST', '/sessions/confirm', { password: NEXT_PASSWORD });
    expect(wrong).toMatchObject({ status: 400, json: { code: 'invalid' } });
    expect(await admin('DELETE', `/users/${other.id}`)).toMatchObject(required);
    expect((await admin('POST', '/sessions/confirm', { password: PASSWORD })).status).toBe(200);
    expect((await admin('DELETE', `/users/${other.id}`)).status).toBe(200);
  });

  it('kits of servers and of others are still given, for 30 minutes', async () => {
    const [admin, other] = [await late(), await newUser()];
    const kits = [`/users/${other.id}/blob`, '/servers/1/blob'];
    for (const kit of kits) {
      expect((await admin('POST', kit, {})).status).toBe(200);
    }
    await set(admin, { confirmed_at: ago(31 * MINUTE_MS) });
    for (const kit of kits) {
      expect(await admin('POST', kit, {})).toMatchObject(required);
    }
    expect((await admin('POST', `/users/${admin.id}/blob`, {})).status).toBe(200);
  });
});

describe('a password that a project admin chose', () => {
  const chosen = async (): Promise<{ readonly ask: Ask; readonly id: number }> => {
    count += 1;
    const email = `chosen-${count}@example.org`;
    const user = { email, password: NEXT_PASSWORD, role: 'member', organization: 'clinic' };
    const { json } = await backend.admin('POST', '/users', user);
    const { id } = z.object({ user: z.object({ id: z.number() }) }).parse(json).user;
    expect((await backend.admin('PATCH', `/users/${id}`, { approval_state: 100 })).status).toBe(200);
    return { ask: await logIn(email, NEXT_PASSWORD), id };
  };
  const required = { status: 403, json: { code: 'password_change_required' } };

  it('is good for nothing but its change', async () => {
    const { ask, id } = await chosen();
    expect(await ask('GET', '/users')).toMatchObject(required);
    expect(await ask('POST', `/users/${id}/blob`, {})).toMatchObject(required);
    expect(await ask('PATCH', `/users/${id}`, { name: 'X' })).toMatchObject(required);
    expect((await ask('GET', '/me')).json['must_change_password']).toBe(true);
    const body = { password: PASSWORD, current_password: NEXT_PASSWORD };
    expect((await ask('PATCH', `/users/${id}`, body)).status).toBe(200);
    expect((await ask('GET', '/users')).status).toBe(200);
  });

  it('must be changed when it was given later, too', async () => {
    const user = await newUser();
    expect((await backend.admin('PATCH', `/users/${user.id}`, { password: NEXT_PASSWORD })).status).toBe(200);
    expect(await (await logIn(user.email, NEXT_PASSWORD))('GET', '/users')).toMatchObject(required);
  });

  it('is pressed for in the page alone where it is the first project admin’s', async () => {
    const admin = await logIn(ADMIN);
    expect((await admin('GET', '/me')).json['must_change_password']).toBe(true);
    expect((await admin('GET', '/users')).status).toBe(200);
  });
});
