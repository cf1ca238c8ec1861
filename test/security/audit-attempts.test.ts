import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { setTimeout as pause } from 'node:timers/promises';
import { ADMIN, startBackend, type Backend } from '../api/backend.ts';

const Rows = z.object({
  audit: z.array(
    z.object({
      actor: z.string(),
      action: z.string(),
      target: z.string(),
      address: z.string(),
      detail: z.record(z.string(), z.unknown()),
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

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend({ passphrase: 'a passphrase of the root' });
  expect((await backend.admin('PATCH', '/project', PROJECT)).status).toBe(200);
}, 180_000);
afterAll(() => backend.close());

const rows = async (filter = '') =>
  Rows.parse((await backend.admin('GET', `/audit?limit=500${filter}`)).json).audit;
/** Waits for rows that are written a moment after the response. */
const expectSoon = async (read: () => Promise<readonly string[]>, wanted: readonly string[]) => {
  const until = Date.now() + 30_000;
  while ((await read()).length < wanted.length && Date.now() < until) {
    await pause(20);
  }
  expect(await read()).toEqual(wanted);
};
const logIn = (email: string, password: string) => backend.stranger('POST', '/login', { email, password });

describe('the audit log records', () => {
  it.each([
    ['a wrong password', 'user@example.org', 'user:user@example.org'],
    ['an unknown account', 'nobody@example.org', 'user:nobody@example.org'],
    ['a password typed in the place of the e-mail', 'correct-horse-battery', 'user:'],
  ])('%s, with account and address', async (_what, email, target) => {
    await backend.user(`${target.length}-${email.length}@example.org`, 'member', 'clinic', 100);
    expect((await logIn(email, 'wrong-guess-1')).status).toBe(401);
    expect((await rows())[0]).toEqual({
      actor: 'anonymous',
      action: 'session.refuse',
      target,
      address: '127.0.0.1',
      detail: { code: 'unauthenticated' },
    });
  });

  it('the log-in of a denied account', async () => {
    await backend.user('denied@example.org', 'member', 'clinic', -1).catch(() => undefined);
    expect((await logIn('denied@example.org', 'correct-horse-battery')).status).toBe(401);
    expect((await rows())[0]).toMatchObject({
      target: 'user:denied@example.org',
      detail: { code: 'denied' },
    });
  });

  it.each([
    ['what a role does not allow', 'GET', '/audit', undefined, 403, 'audit.read', 'unauthorized'],
    [
      'a wrong own password',
      'POST',
      '/sessions/confirm',
      { password: 'not-mine-1' },
      400,
      'session.confirm',
      'wrong_secret',
    ],
    [
      'a wrong password at its change',
      'PATCH',
      '/users/self',
      { current_password: 'not-mine-1', password: 'blue-tractor-91' },
      400,
      'users.change',
      'wrong_secret',
    ],
    [
      'a change of what looked otherwise',
      'PATCH',
      '/users/self',
      { name: 'New', version: 'another' },
      409,
      'users.change',
      'changed',
    ],
  ])('%s', async (what, method, route, body, status, target, code) => {
    const email = `${what.length}-${code}@example.org`.replaceAll('_', '-');
    const member = await backend.user(email, 'member', 'clinic', 100);
    const path = route.replace('self', String(member.id));
    expect((await member(method, path, body)).status).toBe(status);
    expect((await rows('&action=request.refuse'))[0]).toEqual({
      actor: email,
      action: 'request.refuse',
      target,
      address: '127.0.0.1',
      detail: { code, path: `/api/v1${path}` },
    });
  });

  it('a token that counts for nothing, but not a request without one', async () => {
    expect((await backend.as('no-token-of-ours')('GET', '/me')).status).toBe(401);
    const refused = await rows('&action=request.refuse');
    expect(refused[0]).toMatchObject({
      actor: 'anonymous',
      target: 'me.read',
      detail: { code: 'unauthenticated' },
    });
    expect((await backend.stranger('GET', '/me')).status).toBe(401);
    expect(await rows('&action=request.refuse')).toEqual(refused);
  });

  it('an invitation that was guessed', async () => {
    const body = { token: 'nvfl_invite_guessed' };
    expect((await backend.stranger('POST', '/invitations/check', body)).status).toBe(400);
    expect((await rows('&action=request.refuse'))[0]).toMatchObject({ detail: { code: 'wrong_secret' } });
  });

  it('which access token was refused', async () => {
    const lead = await backend.user('scripts@example.org', 'org_admin', 'clinic', 100);
    const { json } = await lead('POST', '/tokens', { name: 'nightly', scopes: ['read'] });
    const { id } = z.object({ access_token: z.object({ id: z.string() }) }).parse(json).access_token;
    const token = backend.as(z.string().parse(json['token']));
    expect((await token('POST', '/clients', { name: 'site-x' })).status).toBe(403);
    expect((await rows('&action=request.refuse'))[0]).toMatchObject({
      actor: 'scripts@example.org',
      detail: { code: 'unauthorized', access_token: id },
    });
  });

  it('a wrong passphrase and an export', async () => {
    const change = { current: 'not the passphrase', passphrase: 'another passphrase' };
    expect((await backend.admin('POST', '/passphrase', change)).status).toBe(400);
    expect((await rows('&action=authority.refuse'))[0]).toMatchObject({ actor: ADMIN, target: 'authority' });
    await backend.admin('GET', '/audit/export');
    expect((await rows('&action=audit.export'))[0]).toMatchObject({ actor: ADMIN, target: 'audit' });
  });

  it('who read the data of others, once an hour of a session', async () => {
    const reader = await backend.user('reader@example.org', 'project_admin', 'clinic', 100);
    const other = await backend.user('other@example.org', 'member', 'clinic', 100);
    for (const path of ['/users', '/users', `/users/${other.id}`, `/users/${reader.id}`, '/inbox', '/kits']) {
      expect((await reader('GET', path)).status).toBe(200);
    }
    const read = async () => {
      const own = await rows('&action=data.read&actor=reader@example.org');
      return own.map(({ detail }) => String(detail['path']).replace('/api/v1', '')).sort();
    };
    await expectSoon(read, ['/inbox', '/kits', '/users', `/users/${other.id}`]);
  });

  it('an actor in every row', async () => {
    const account = { email: 'new@example.org', password: 'purple-kettle-58' };
    expect((await backend.stranger('POST', '/users', account)).status).toBe(201);
    expect((await rows('&action=user.create'))[0]).toMatchObject({ actor: 'new@example.org' });
    expect((await rows()).filter(({ actor }) => actor === '')).toEqual([]);
  });
});

it('cannot be filled by a stranger, and says how much was left out and from where', async () => {
  const ATTEMPTS = 45;
  const before = (await rows('&action=session.refuse')).length;
  for (let guess = 0; guess < ATTEMPTS; guess += 1) {
    await logIn(`victim-${guess}@example.org`, 'wrong-guess-1');
  }
  const recorded = (await rows('&action=session.refuse')).length - before;
  expect(recorded).toBeLessThanOrEqual(31);
  const member = await backend.user('still-seen@example.org', 'member', 'clinic', 100);
  expect((await member('GET', '/audit')).status).toBe(403);
  expect(await rows('&actor=still-seen@example.org&action=request.refuse')).toHaveLength(1);
  backend = await backend.restart('a passphrase of the root');
  const omitted = await rows('&action=attempts.omit');
  const sum = omitted.reduce((total, { detail }) => total + z.number().parse(detail['count']), 0);
  expect(sum).toBe(ATTEMPTS - recorded);
  expect(omitted[0]).toMatchObject({
    actor: 'host',
    detail: { addresses: { '127.0.0.1': expect.any(Number) } },
  });
}, 180_000);
