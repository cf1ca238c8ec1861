import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Database } from '../../src/backend/store/database.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { toTimestamp } from '../../src/backend/store/timestamp.ts';
import { startBackend, type Backend, type Reply } from '../api/backend.ts';
import { oathCode } from '../support/oathtool.ts';

const PASSWORD = 'correct-horse-battery';
const STEP_MS = 30_000;

const Secret = z.object({ secret: z.string(), uri: z.string() });
const Codes = z.object({ recovery_codes: z.array(z.string()).length(10) });
const Challenge = z.object({ challenge: z.string() });
const Session = z.object({ access_token: z.string() });
const Audit = z.object({
  audit: z.array(
    z.object({ action: z.string(), target: z.string(), detail: z.record(z.string(), z.unknown()) }),
  ),
});

let backend: Backend;
let db: Database;
let count = 0;

beforeAll(async () => {
  backend = await startBackend();
  db = await openDatabase(backend.database);
}, 180_000);
afterAll(async () => {
  await db.close();
  await backend.close();
}, 180_000);

type User = Awaited<ReturnType<Backend['user']>> & { readonly email: string };
type Enrolled = User & { readonly secret: string; readonly codes: readonly string[] };

const newUser = async (role: 'project_admin' | 'org_admin' | 'member' = 'member'): Promise<User> => {
  count += 1;
  const email = `person-${count}@example.org`;
  return Object.assign(await backend.user(email, role, 'clinic', 100), { email });
};

/** Lets the account's codes count again, as if time had passed. */
const forgetStep = (id: number): Promise<unknown> =>
  db.write((trx) => trx.updateTable('totp').set({ last_step: 0 }).where('user_id', '=', id).execute());

const enrol = async (role?: 'project_admin' | 'org_admin'): Promise<Enrolled> => {
  const user = await newUser(role);
  const { secret } = Secret.parse((await user('POST', '/second-factor/totp')).json);
  const confirmed = await user('POST', '/second-factor/totp/confirm', { code: oathCode(secret) });
  expect(confirmed.status).toBe(200);
  await forgetStep(user.id);
  return Object.assign(user, { secret, codes: Codes.parse(confirmed.json).recovery_codes });
};

const logIn = ({ email }: { readonly email: string }, password = PASSWORD): Promise<Reply> =>
  backend.stranger('POST', '/login', { email, password });

const challengeOf = async (user: { readonly email: string }): Promise<string> =>
  Challenge.parse((await logIn(user)).json).challenge;

const secondStep = async (user: { readonly email: string }, code: string): Promise<Reply> =>
  backend.stranger('POST', '/login/second-factor', { challenge: await challengeOf(user), code });

const fieldCode = (code: string) => ({
  status: 400,
  json: { code: 'invalid', fields: [{ path: 'code', code }] },
});

describe('enrolling an authenticator app', () => {
  it('changes the log-in only once a code has confirmed it', async () => {
    const user = await newUser();
    const { secret, uri } = Secret.parse((await user('POST', '/second-factor/totp')).json);
    expect(uri).toContain(secret);
    expect((await logIn(user)).status).toBe(200);
    expect(await user('POST', '/second-factor/totp/confirm', { code: '000000' })).toMatchObject(
      fieldCode('wrong_code'),
    );
    expect((await logIn(user)).status).toBe(200);
    expect((await user('GET', '/me')).json).toMatchObject({ second_factor: 'none' });
    const confirmed = await user('POST', '/second-factor/totp/confirm', { code: oathCode(secret) });
    expect(new Set(Codes.parse(confirmed.json).recovery_codes).size).toBe(10);
    expect((await user('GET', '/me')).json).toMatchObject({ second_factor: 'enrolled' });
    expect(await logIn(user)).toMatchObject({ status: 401, json: { code: 'second_factor_required' } });
  });

  it('keeps neither the secret nor a recovery code in clear', async () => {
    const { secret, codes, id } = await enrol();
    const stored = JSON.stringify([
      await db.reader.selectFrom('totp').selectAll().where('user_id', '=', id).execute(),
      await db.reader.selectFrom('recovery_code').selectAll().where('user_id', '=', id).execute(),
      await db.reader.selectFrom('audit').selectAll().execute(),
    ]);
    expect(stored).toContain(`"user_id":${id}`);
    for (const text of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))]) {
      expect(stored).not.toContain(text);
    }
  });

  it('counts the confirming code as used', async () => {
    const user = await newUser();
    const { secret } = Secret.parse((await user('POST', '/second-factor/totp')).json);
    const code = oathCode(secret);
    expect((await user('POST', '/second-factor/totp/confirm', { code })).status).toBe(200);
    expect(await secondStep(user, code)).toMatchObject(fieldCode('code_used'));
  });

  it('of a second app waits until the first is removed', async () => {
    const user = await enrol();
    expect((await user('POST', '/second-factor/totp')).status).toBe(409);
    expect((await user('POST', '/second-factor/totp/confirm', { code: oathCode(user.secret) })).status).toBe(
      409,
    );
    expect((await user('DELETE', '/second-factor/totp')).status).toBe(200);
    expect((await logIn(user)).status).toBe(200);
    expect((await user('DELETE', '/second-factor/totp')).status).toBe(404);
    expect((await user('POST', '/second-factor/recovery-codes')).status).toBe(404);
    expect((await user('POST', '/second-factor/totp')).status).toBe(200);
  });

  it.each([
    ['POST', '/second-factor/totp', undefined],
    ['POST', '/second-factor/totp/confirm', { code: '123456' }],
    ['DELETE', '/second-factor/totp', undefined],
    ['POST', '/second-factor/recovery-codes', undefined],
    ['POST', '/second-factor/passkeys/challenge', undefined],
    ['PATCH', '/second-factor/passkeys/x', { name: 'x' }],
    ['DELETE', '/second-factor/passkeys/x', undefined],
  ])('asks for a confirmation before %s %s', async (method, route, body) => {
    const user = await newUser();
    const confirmed_at = toTimestamp(new Date(Date.now() - 6 * 60_000));
    await db.write((trx) =>
      trx.updateTable('session').set({ confirmed_at }).where('user_id', '=', user.id).execute(),
    );
    expect(await user(method, route, body)).toMatchObject({
      status: 403,
      json: { code: 'confirmation_required' },
    });
  });
});

describe('a log-in with a second factor', () => {
  it('gives a challenge first, which is no session', async () => {
    const user = await enrol();
    const reply = await logIn(user);
    expect(reply).toMatchObject({ status: 401, json: { code: 'second_factor_required' } });
    expect(reply.json).not.toHaveProperty('access_token');
    expect(reply.headers.get('set-cookie')).toBeNull();
    const { challenge } = Challenge.parse(reply.json);
    expect((await backend.as(challenge)('GET', '/me')).status).toBe(401);
  });

  it('opens a session with the code of the app, as oathtool computes it', async () => {
    const user = await enrol();
    const reply = await secondStep(user, oathCode(user.secret));
    expect(reply.status).toBe(200);
    const session = backend.as(Session.parse(reply.json).access_token);
    expect((await session('GET', '/me')).json).toMatchObject({ user: { email: user.email } });
    const { audit } = Audit.parse((await backend.admin('GET', '/audit?limit=1')).json);
    expect(audit[0]).toMatchObject({ action: 'session.open', detail: { second_factor: 'totp' } });
  });

  it.each([-STEP_MS, STEP_MS])('accepts a clock that is %s ms off', async (off) => {
    const user = await enrol();
    expect((await secondStep(user, oathCode(user.secret, new Date(Date.now() + off)))).status).toBe(200);
  });

  it.each([-120_000, 120_000])('says that the clock is wrong when it is %s ms off', async (off) => {
    const user = await enrol();
    const code = oathCode(user.secret, new Date(Date.now() + off));
    expect(await secondStep(user, code)).toMatchObject(fieldCode('clock_differs'));
  });

  it('takes each code once, also of two requests at a time', async () => {
    const user = await enrol();
    const code = oathCode(user.secret);
    const challenge = await challengeOf(user);
    const both = await Promise.all(
      [1, 2].map(() => backend.stranger('POST', '/login/second-factor', { challenge, code })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(await secondStep(user, code)).toMatchObject(fieldCode('code_used'));
  });

  it('takes no code of an earlier step than the last one used', async () => {
    const user = await enrol();
    expect((await secondStep(user, oathCode(user.secret, new Date(Date.now() + STEP_MS)))).status).toBe(200);
    expect(await secondStep(user, oathCode(user.secret))).toMatchObject(fieldCode('code_used'));
  });

  it('takes each recovery code once, however it is typed', async () => {
    const user = await enrol();
    const [code = ''] = user.codes;
    expect((await secondStep(user, ` ${code.toUpperCase().replaceAll('-', ' ')} `)).status).toBe(200);
    expect(await secondStep(user, code)).toMatchObject(fieldCode('wrong_code'));
    expect((await user('GET', '/second-factor')).json).toMatchObject({ recovery_codes_left: 9 });
  });

  it('refuses replaced recovery codes', async () => {
    const user = await enrol();
    const { recovery_codes: next } = Codes.parse((await user('POST', '/second-factor/recovery-codes')).json);
    expect(await secondStep(user, user.codes[0] ?? '')).toMatchObject(fieldCode('wrong_code'));
    expect((await secondStep(user, next[0] ?? '')).status).toBe(200);
  });

  it('refuses the codes of another account, and none', async () => {
    const user = await enrol();
    const neighbor = await enrol();
    for (const code of [oathCode(neighbor.secret), neighbor.codes[0] ?? '', '']) {
      expect(await secondStep(user, code)).toMatchObject(fieldCode('wrong_code'));
    }
  });

  it('stops guessing after five wrong codes, and with a right one, too', async () => {
    const user = await enrol();
    const challenge = await challengeOf(user);
    const guess = (code: string) => backend.stranger('POST', '/login/second-factor', { challenge, code });
    for (let tried = 0; tried < 5; tried += 1) {
      expect((await guess('zzzz-zzzz-zzzz-zzzz')).status).toBe(400);
    }
    const reply = await guess(oathCode(user.secret));
    expect(reply.status).toBe(429);
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('begins again when the password has changed meanwhile', async () => {
    const user = await enrol();
    const challenge = await challengeOf(user);
    await backend.admin('PATCH', `/users/${user.id}`, { password: 'blue-tractor-91' });
    const body = { challenge, code: oathCode(user.secret) };
    expect(await backend.stranger('POST', '/login/second-factor', body)).toMatchObject({
      status: 401,
      json: { code: 'unauthenticated' },
    });
  });

  it.each(['', 'x', '1.2.3', `1.99999999999999.${'A'.repeat(43)}`])(
    'refuses the challenge %j',
    async (challenge) => {
      expect(
        (await backend.stranger('POST', '/login/second-factor', { challenge, code: '123456' })).status,
      ).toBe(401);
    },
  );

  it('refuses somebody denied meanwhile, with the reason', async () => {
    const user = await enrol();
    const challenge = await challengeOf(user);
    await backend.admin('PATCH', `/users/${user.id}`, { approval_state: -1, approval_reason: 'left' });
    const body = { challenge, code: oathCode(user.secret) };
    expect(await backend.stranger('POST', '/login/second-factor', body)).toMatchObject({
      status: 401,
      json: { code: 'denied', reason: 'left' },
    });
  });

  it('does not tell a stranger who has one', async () => {
    const user = await enrol();
    expect((await logIn(user, 'wrong-password')).json['code']).toBe('unauthenticated');
  });

  it('leaves access tokens as they are', async () => {
    const user = await enrol();
    const { token } = z
      .object({ token: z.string() })
      .parse((await user('POST', '/tokens', { name: 'ci', scopes: ['read'] })).json);
    expect((await backend.as(token)('GET', '/me')).status).toBe(200);
    expect((await backend.as(token)('POST', '/second-factor/totp')).status).toBe(403);
  });
});

describe('a confirmation', () => {
  it('takes the second factor, too', async () => {
    const user = await enrol();
    const confirm = (more: object) => user('POST', '/sessions/confirm', { password: PASSWORD, ...more });
    expect(await confirm({})).toMatchObject(fieldCode('missing'));
    expect(await confirm({ code: '000000' })).toMatchObject(fieldCode('wrong_code'));
    const code = oathCode(user.secret);
    expect((await confirm({ code })).status).toBe(200);
    expect(await confirm({ code })).toMatchObject(fieldCode('code_used'));
  });
});

describe('a project that demands a second factor', () => {
  it.each([
    ['project_admins', 'project_admin', true],
    ['project_admins', 'org_admin', false],
    ['admins', 'org_admin', true],
    ['admins', 'member', false],
    ['everybody', 'member', true],
    ['nobody', 'project_admin', false],
  ] as const)('by the rule %s asks %s: %s', async (rule, role, asked) => {
    const user = await newUser(role);
    const admin = await enrol('project_admin');
    expect((await admin('PATCH', '/project', { second_factor: rule })).status).toBe(200);
    const expected = asked
      ? { status: 403, json: { code: 'second_factor_enrolment_required' } }
      : { status: 200 };
    expect(await user('GET', `/users/${user.id}`)).toMatchObject(expected);
    expect((await user('GET', '/me')).json).toMatchObject({ second_factor: asked ? 'required' : 'none' });
    expect((await user('GET', '/second-factor')).json).toMatchObject({ required: asked });
    expect((await admin('PATCH', '/project', { second_factor: 'nobody' })).status).toBe(200);
  });

  it('lets somebody in at once who has set one up', async () => {
    const user = await newUser();
    const admin = await enrol('project_admin');
    await admin('PATCH', '/project', { second_factor: 'everybody' });
    expect((await user('GET', `/users/${user.id}`)).status).toBe(403);
    const { secret } = Secret.parse((await user('POST', '/second-factor/totp')).json);
    expect((await user('POST', '/second-factor/totp/confirm', { code: oathCode(secret) })).status).toBe(200);
    expect((await user('GET', `/users/${user.id}`)).status).toBe(200);
    await admin('PATCH', '/project', { second_factor: 'nobody' });
  });

  it('asks for another password first where somebody else chose it', async () => {
    const user = await newUser();
    const admin = await enrol('project_admin');
    await admin('PATCH', `/users/${user.id}`, { password: 'blue-tractor-91' });
    await admin('PATCH', '/project', { second_factor: 'everybody' });
    const session = backend.as(Session.parse((await logIn(user, 'blue-tractor-91')).json).access_token);
    expect((await session('GET', `/users/${user.id}`)).json['code']).toBe('password_change_required');
    expect((await session('GET', '/me')).json).toMatchObject({ second_factor: 'none' });
    const change = { password: 'amber-Lantern-37', current_password: 'blue-tractor-91' };
    expect((await session('PATCH', `/users/${user.id}`, change)).status).toBe(200);
    expect((await session('GET', `/users/${user.id}`)).json['code']).toBe('second_factor_enrolment_required');
    await admin('PATCH', '/project', { second_factor: 'nobody' });
  });

  it('is changed by project admins only, and not shown to strangers', async () => {
    const user = await newUser('org_admin');
    expect((await user('PATCH', '/project', { second_factor: 'everybody' })).status).toBe(403);
    expect((await backend.admin('PATCH', '/project', { second_factor: 'somebody' })).status).toBe(400);
    expect((await backend.stranger('GET', '/project')).json['project']).not.toHaveProperty('second_factor');
  });
});

describe('resetting a second factor', () => {
  it('by another project admin removes it and ends the sessions', async () => {
    const user = await enrol();
    expect((await backend.admin('DELETE', `/users/${user.id}/second-factor`)).status).toBe(200);
    expect((await user('GET', '/me')).status).toBe(401);
    expect((await logIn(user)).status).toBe(200);
    const { audit } = Audit.parse((await backend.admin('GET', '/audit?limit=20')).json);
    expect(audit.map(({ action, target }) => [action, target])).toContainEqual([
      'second_factor.reset',
      `user:${user.email}`,
    ]);
    expect((await backend.admin('DELETE', `/users/${user.id}/second-factor`)).status).toBe(404);
  });

  it('is not for oneself, nor for others than project admins', async () => {
    const admin = await enrol('project_admin');
    expect((await admin('DELETE', `/users/${admin.id}/second-factor`)).status).toBe(403);
    const user = await newUser('org_admin');
    expect((await user('DELETE', `/users/${admin.id}/second-factor`)).status).toBe(403);
    expect((await user('DELETE', `/users/${user.id}/second-factor`)).status).toBe(403);
  });

  it('leaves nothing behind of a deleted account', async () => {
    const user = await enrol();
    expect((await backend.admin('DELETE', `/users/${user.id}`)).status).toBe(200);
    for (const table of ['totp', 'passkey', 'recovery_code'] as const) {
      expect(await db.reader.selectFrom(table).selectAll().where('user_id', '=', user.id).execute()).toEqual(
        [],
      );
    }
  });
});

describe('another key of the dashboard', () => {
  it('makes codes unreadable, says so, and leaves the recovery codes', async () => {
    const user = await enrol();
    await db.write((trx) =>
      trx.updateTable('totp').set({ sealed_secret: 'AAAA' }).where('user_id', '=', user.id).execute(),
    );
    expect(await secondStep(user, oathCode(user.secret))).toMatchObject({
      status: 409,
      json: { code: 'conflicting' },
    });
    expect((await secondStep(user, user.codes[0] ?? '')).status).toBe(200);
  });
});
