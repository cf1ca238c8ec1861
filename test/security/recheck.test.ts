import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { findOrCreateId } from '../../src/backend/store/named-rows.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { insertClient } from '../../src/backend/store/sites.ts';
import { toTimestamp } from '../../src/backend/store/timestamp.ts';
import { startBackend, type Ask, type Backend } from '../api/backend.ts';
import { withhold } from './withheld-request.ts';

const APPROVED = 100;
const DENIED = -1;
const PASSWORD = 'correct-horse-battery';
const NEXT_PASSWORD = 'blue-tractor-91';

/** So many that approving them takes longer than a log-out. */
const SITES = 600;
/** More text than the sockets between backend and client hold. */
const LONG_ROWS = 6000;

const Sites = z.object({
  client_list: z.array(z.object({ id: z.number(), approval_state: z.number(), version: z.string() })),
});
const AuditRows = z.object({ audit: z.array(z.object({ id: z.number(), action: z.string() })) });

let backend: Backend;
let other: User;
let count = 0;

beforeAll(async () => {
  backend = await startBackend();
  const project = { short_name: 'demo', server1: 'server.example.org', key_bits: 2048, frozen: true };
  expect((await backend.admin('PATCH', '/project', project)).status).toBe(200);
  other = await newUser('project_admin');
}, 180_000);
afterAll(() => backend.close(), 180_000);

type User = Awaited<ReturnType<Backend['user']>> & { readonly email: string };

const newUser = async (role: 'project_admin' | 'org_admin', organization = 'clinic'): Promise<User> => {
  count += 1;
  const email = `user-${count}@example.org`;
  return Object.assign(await backend.user(email, role, organization, APPROVED), { email });
};

const newSite = async (owner: Ask): Promise<{ readonly id: number; readonly name: string }> => {
  count += 1;
  const name = `site-${count}`;
  const { json } = await owner('POST', '/clients', { name });
  const { id } = z.object({ client: z.object({ id: z.number() }) }).parse(json).client;
  expect((await backend.admin('PATCH', `/clients/${id}`, { approval_state: APPROVED })).status).toBe(200);
  return { id, name };
};

/** Actions that change nothing: sessions, refusals and reads. */
const WITHOUT_CHANGE = /^(session|data|audit)\.|\.refuse$/;
const deedsOf = async (user: User): Promise<readonly string[]> => {
  const { json } = await backend.admin('GET', `/audit?actor=${encodeURIComponent(user.email)}&limit=500`);
  const actions = AuditRows.parse(json).audit.map(({ action }) => action);
  return actions.filter((action) => !WITHOUT_CHANGE.test(action));
};

const patch = async (user: User, body: object): Promise<void> => {
  expect((await backend.admin('PATCH', `/users/${user.id}`, body)).status).toBe(200);
};

/** Everything that takes a requester's rights away, and what the request that has begun gets then. */
const ENDINGS: readonly (readonly [string, number, (user: User) => Promise<void>])[] = [
  ['denial', 401, (user) => patch(user, { approval_state: DENIED })],
  ['demotion', 403, (user) => patch(user, { role: 'member' })],
  ['withdrawal of the approval', 403, (user) => patch(user, { approval_state: 0 })],
  ['a password set by the admin', 401, (user) => patch(user, { password: NEXT_PASSWORD })],
  [
    'log-out',
    401,
    async (user) => {
      expect((await user('POST', '/logout')).status).toBe(200);
    },
  ],
  [
    'deletion',
    401,
    async (user) => {
      expect((await backend.admin('DELETE', `/users/${user.id}`)).status).toBe(200);
    },
  ],
];

describe.each(ENDINGS)('a project admin’s request whose body comes after %s', (_what, status, end) => {
  it.each([
    ['PATCH', '/users/self', { role: 'project_admin', approval_state: APPROVED }],
    ['PATCH', '/users/other', { password: NEXT_PASSWORD }],
    ['DELETE', '/users/other', {}],
    ['POST', '/clients', { name: 'ghost', organization: 'clinic' }],
    ['POST', '/approvals', { decision: 'delete', users: [], clients: [999_999] }],
    ['POST', '/passphrase', { passphrase: 'attacker-chosen-1' }],
    ['POST', '/servers/1/blob', { pin: 'abcd1234' }],
  ])('is refused and changes nothing: %s %s %j', async (method, route, body) => {
    const user = await newUser('project_admin');
    const target = route.replace('self', String(user.id)).replace('other', String(other.id));
    const withheld = await withhold(backend, user.token, [method, target], body);
    await end(user);
    expect(await withheld.finish()).toBe(status);
    expect(await deedsOf(user)).toEqual([]);
  });

  it('creates no account in a project that is closed for registration', async () => {
    const user = await newUser('project_admin');
    const ghost = { email: 'ghost@example.org', password: PASSWORD, role: 'member' };
    const withheld = await withhold(backend, user.token, ['POST', '/users'], ghost);
    await end(user);
    expect(await withheld.finish()).toBe(403);
    expect(await deedsOf(user)).toEqual([]);
  });
});

describe('a request that waits in the password queue', () => {
  /** Fills the queue with the log-ins of strangers. */
  const crowd = () =>
    Array.from({ length: 24 }, (_, index) =>
      backend.stranger('POST', '/login', { email: `nobody-${index}@example.org`, password: PASSWORD }),
    );

  it('changes nothing when its requester is denied meanwhile', async () => {
    const user = await newUser('project_admin');
    const body = { role: 'project_admin', approval_state: APPROVED, password: NEXT_PASSWORD };
    const withheld = await withhold(backend, user.token, ['PATCH', `/users/${user.id}`], body);
    const logIns = crowd();
    const status = withheld.finish();
    await patch(user, { approval_state: DENIED });
    expect(await status).toBe(401);
    expect(await deedsOf(user)).toEqual([]);
    await Promise.all(logIns);
  }, 180_000);

  it('opens no session for an account that is denied meanwhile', async () => {
    const user = await newUser('org_admin');
    await patch(user, { name: 'ends no session' });
    expect((await user('POST', '/logout')).status).toBe(200);
    // Accounts that have logged in from an address come before the others there.
    const credential = { email: user.email, password: PASSWORD };
    const before = await backend.stranger('POST', '/login', credential);
    const token = z.string().parse(before.json['access_token']);
    expect((await backend.as(token)('POST', '/logout')).status).toBe(200);
    const logIns = crowd();
    const logIn = backend.stranger('POST', '/login', credential);
    await patch(user, { approval_state: DENIED });
    expect(await logIn).toMatchObject({ status: 401, json: { code: 'denied' } });
    await Promise.all(logIns);
    const db = await openDatabase(backend.database);
    const sessions = await db.reader
      .selectFrom('session')
      .selectAll()
      .where('user_id', '=', user.id)
      .execute();
    await db.close();
    expect(sessions).toEqual([]);
  }, 180_000);
});

describe('kits that wait for their keys', () => {
  it('stay inside after the denial of who asked for them', async () => {
    const user = await newUser('org_admin');
    const site = await newSite(user);
    const kits = Array.from({ length: 60 }, () =>
      user('POST', `/clients/${site.id}/blob`, { pin: 'abcd1234' }),
    );
    expect((await Promise.race(kits)).status).toBe(200);
    await patch(user, { approval_state: DENIED });
    const issued = await deedsOf(user);
    const statuses = (await Promise.all(kits)).map(({ status }) => status);
    expect(statuses).toContain(401);
    expect(await deedsOf(user)).toEqual(issued);
  }, 120_000);
});

describe('many approvals at once', () => {
  it('stop when the project admin who gave them logs out', async () => {
    const user = await newUser('project_admin');
    const db = await openDatabase(backend.database);
    const at = toTimestamp(new Date());
    const inserted = await db.write(async (trx) => {
      const organizationId = await findOrCreateId(trx, 'organization', 'clinic', at);
      const site = {
        description: '',
        creatorId: user.id,
        organizationId,
        capacity: '{}',
        props: '',
        approvalState: 0,
        at,
      };
      const ids: number[] = [];
      for (let index = 0; index < SITES; index += 1) {
        ids.push(await insertClient(trx, { ...site, name: `many-${index}` }));
      }
      return ids;
    });
    await db.close();
    const waiting = Sites.parse((await backend.admin('GET', '/clients?limit=1000')).json).client_list;
    const clients = waiting.filter(({ id }) => inserted.includes(id));
    const decided = user('POST', '/approvals', { decision: 'approve', users: [], clients });
    const isUnderWay = async (): Promise<boolean> => (await deedsOf(user)).length > 0;
    while (!(await isUnderWay())) {
      await nextTurn();
    }
    expect((await user('POST', '/logout')).status).toBe(200);
    const done = await deedsOf(user);
    expect((await decided).status).toBe(401);
    expect(await deedsOf(user)).toEqual(done);
    const { json } = await backend.admin('GET', '/clients?q=many-&limit=1000');
    const states = Sites.parse(json).client_list.map((site) => site.approval_state);
    expect(states).toContain(0);
  }, 180_000);
});

describe('an export of the audit', () => {
  it('breaks off when its requester logs out', async () => {
    const user = await newUser('project_admin');
    const db = await openDatabase(backend.database);
    const row = {
      at: new Date().toISOString(),
      actor: '',
      action: 'test.fill',
      target: '',
      address: '',
      request_id: '',
    };
    const detail = JSON.stringify({ text: 'x'.repeat(8000) });
    await db.write(async (trx) => {
      for (let index = 0; index < LONG_ROWS; index += 1) {
        await trx
          .insertInto('audit')
          .values({ ...row, detail, hash: '', id: 1_000_000 + index })
          .execute();
      }
    });
    await db.close();
    const response = await fetch(`${backend.url}/api/v1/audit/export`, {
      headers: { authorization: `Bearer ${user.token}` },
    });
    expect(response.status).toBe(200);
    expect((await user('POST', '/logout')).status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  }, 180_000);
});
