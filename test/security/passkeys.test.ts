import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Database } from '../../src/backend/store/database.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { toTimestamp } from '../../src/backend/store/timestamp.ts';
import { startBackend, type Backend, type Reply } from '../api/backend.ts';
import { Authenticator, type Deviation } from '../support/authenticator.ts';
import { oathCode } from '../support/oathtool.ts';

const PASSWORD = 'correct-horse-battery';
const ORIGIN = 'https://dashboard.example.org';

const Options = z.object({ options: z.object({ challenge: z.string() }) });
const Challenge = z.object({ challenge: z.string(), factors: z.array(z.string()) });
const Created = z.object({ passkey: z.object({ id: z.string() }), recovery_codes: z.array(z.string()) });
const Session = z.object({ access_token: z.string() });
const Audit = z.object({
  audit: z.array(z.object({ action: z.string(), detail: z.record(z.string(), z.unknown()) })),
});

let now = () => new Date();
let backend: Backend;
let db: Database;
let count = 0;

beforeAll(async () => {
  backend = await startBackend({ publicUrl: `${ORIGIN}/flare/`, now: () => now() });
  db = await openDatabase(backend.database);
}, 180_000);
afterAll(async () => {
  await db.close();
  await backend.close();
}, 180_000);

type User = Awaited<ReturnType<Backend['user']>> & { readonly email: string };

const newUser = async (role: 'project_admin' | 'member' = 'member'): Promise<User> => {
  count += 1;
  const email = `holder-${count}@example.org`;
  return Object.assign(await backend.user(email, role, 'clinic', 100), { email });
};

const creationOptions = async (user: User): Promise<{ readonly challenge: string }> =>
  Options.parse((await user('POST', '/second-factor/passkeys/challenge')).json).options;

const register = async (
  user: User,
  authenticator: Authenticator,
  name: string,
  deviation: Deviation = {},
): Promise<Reply> => {
  const credential = authenticator.create(await creationOptions(user), deviation);
  return user('POST', '/second-factor/passkeys', { name, credential });
};

type Holder = User & {
  readonly key: Authenticator;
  readonly passkey: string;
  readonly codes: readonly string[];
};

const holder = async (role?: 'project_admin'): Promise<Holder> => {
  const user = await newUser(role);
  const key = new Authenticator(ORIGIN);
  const created = Created.parse((await register(user, key, 'Security key')).json);
  return Object.assign(user, { key, passkey: created.passkey.id, codes: created.recovery_codes });
};

const once = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let found: Promise<T> | undefined;
  return () => (found ??= work());
};

/** Somebody without a passkey, and somebody with one, for tests that leave them so. */
const sharedUser = once(() => newUser());
const sharedHolder = once(() => holder());

const logIn = ({ email }: { readonly email: string }): Promise<Reply> =>
  backend.stranger('POST', '/login', { email, password: PASSWORD });

const challengeOf = async (user: { readonly email: string }): Promise<string> =>
  Challenge.parse((await logIn(user)).json).challenge;

const requestOptions = async (challenge: string): Promise<{ readonly challenge: string }> =>
  Options.parse((await backend.stranger('POST', '/login/second-factor/passkey', { challenge })).json).options;

const finish = (challenge: string, passkey: unknown): Promise<Reply> =>
  backend.stranger('POST', '/login/second-factor', { challenge, passkey });

const logInWith = async (
  user: { readonly email: string },
  key: Authenticator,
  deviation: Deviation = {},
): Promise<Reply> => {
  const challenge = await challengeOf(user);
  return finish(challenge, key.sign(await requestOptions(challenge), deviation));
};

const refused = (path: string, code: string) => ({
  status: 400,
  json: { code: 'invalid', fields: [{ path, code }] },
});

describe('creating a passkey', () => {
  it('names the host of the public address, and the account', async () => {
    const user = await newUser();
    expect((await user('POST', '/second-factor/passkeys/challenge')).json['options']).toMatchObject({
      rp: { id: 'dashboard.example.org' },
      user: { name: user.email },
      attestation: 'none',
    });
  });

  it('makes log-ins ask for it, and gives recovery codes once', async () => {
    const user = await newUser();
    const created = await register(user, new Authenticator(ORIGIN), 'Laptop');
    expect(created.status).toBe(201);
    expect(Created.parse(created.json).recovery_codes).toHaveLength(10);
    expect(
      Created.parse((await register(user, new Authenticator(ORIGIN), 'Phone')).json).recovery_codes,
    ).toEqual([]);
    expect((await user('GET', '/me')).json).toMatchObject({ second_factor: 'enrolled' });
    expect((await logIn(user)).json).toMatchObject({ code: 'second_factor_required', factors: ['passkey'] });
    expect((await user('GET', '/second-factor')).json).toMatchObject({
      passkeys: [{ name: 'Laptop', host: 'dashboard.example.org', last_used_at: null }, { name: 'Phone' }],
      recovery_codes_left: 10,
    });
  });

  it.each<readonly [string, Deviation]>([
    ['another origin', { origin: 'https://dashboard.example.net' }],
    ['another port', { origin: `${ORIGIN}:8443` }],
    ['plain HTTP', { origin: 'http://dashboard.example.org' }],
    ['another host name', { rpId: 'example.net' }],
    ['another challenge', { challenge: 'AAAA' }],
    ['the signature of a log-in', { type: 'webauthn.get' }],
  ])('refuses one for %s', async (_, deviation) => {
    const user = await sharedUser();
    expect(await register(user, new Authenticator(ORIGIN), 'Laptop', deviation)).toMatchObject(
      refused('credential', 'wrong_passkey'),
    );
    expect((await user('GET', '/second-factor')).json).toMatchObject({ passkeys: [] });
  });

  it('takes each challenge once, in the session that asked for it, for five minutes', async () => {
    const user = await newUser();
    const other = Object.assign(backend.as(Session.parse((await logIn(user)).json).access_token), {
      id: user.id,
      email: user.email,
    });
    const key = new Authenticator(ORIGIN);
    const options = await creationOptions(user);
    const body = () => ({ name: 'Laptop', credential: key.create(options) });
    expect(await other('POST', '/second-factor/passkeys', body())).toMatchObject({ status: 400 });
    expect(await user('POST', '/second-factor/passkeys', body())).toMatchObject({ status: 201 });
    expect(await user('POST', '/second-factor/passkeys', body())).toMatchObject({ status: 400 });
    const late = key.create(await creationOptions(user));
    now = () => new Date(Date.now() + 5 * 60_000 + 1000);
    await db.write((trx) =>
      trx
        .updateTable('session')
        .set({ confirmed_at: toTimestamp(now()) })
        .where('user_id', '=', user.id)
        .execute(),
    );
    const reply = await user('POST', '/second-factor/passkeys', { name: 'Late', credential: late });
    now = () => new Date();
    expect(reply).toMatchObject(refused('credential', 'wrong_passkey'));
  });

  it('refuses the same authenticator twice, for another account, too', async () => {
    const user = await sharedHolder();
    expect((await register(user, user.key, 'Again')).status).toBe(409);
    expect((await register(await newUser(), user.key, 'Stolen')).status).toBe(409);
  });

  it('refuses a name that another passkey has, and invisible characters', async () => {
    const user = await sharedHolder();
    expect((await register(user, new Authenticator(ORIGIN), 'Security key')).status).toBe(409);
    expect((await register(user, new Authenticator(ORIGIN), 'Key\u200b')).status).toBe(400);
  });
});

describe('a log-in with a passkey', () => {
  it('opens a session and notes the use', async () => {
    const user = await holder();
    const reply = await logInWith(user, user.key);
    expect(reply.status).toBe(200);
    const session = backend.as(Session.parse(reply.json).access_token);
    expect((await session('GET', '/me')).json).toMatchObject({ user: { email: user.email } });
    expect((await user('GET', '/second-factor')).json).toMatchObject({
      passkeys: [{ last_used_at: expect.stringContaining('GMT') }],
    });
    const { audit } = Audit.parse((await backend.admin('GET', '/audit?limit=1')).json);
    expect(audit[0]).toMatchObject({ action: 'session.open', detail: { second_factor: 'passkey' } });
  });

  it.each<readonly [string, Deviation]>([
    ['made at another origin', { origin: 'https://dashboard.example.net' }],
    ['made at another port', { origin: `${ORIGIN}:8443` }],
    ['for another host name', { rpId: 'example.net' }],
    ['of another challenge', { challenge: 'AAAA' }],
    ['made while creating one', { type: 'webauthn.create' }],
  ])('refuses a signature %s', async (_, deviation) => {
    const user = await sharedHolder();
    expect(await logInWith(user, user.key, deviation)).toMatchObject(refused('passkey', 'wrong_passkey'));
    expect((await logInWith(user, user.key)).status).toBe(200);
  });

  it('refuses a replayed signature', async () => {
    const user = await sharedHolder();
    const challenge = await challengeOf(user);
    const signed = user.key.sign(await requestOptions(challenge));
    expect((await finish(challenge, signed)).status).toBe(200);
    expect(await finish(challenge, signed)).toMatchObject(refused('passkey', 'wrong_passkey'));
    const next = await challengeOf(user);
    await requestOptions(next);
    expect(await finish(next, signed)).toMatchObject(refused('passkey', 'wrong_passkey'));
  });

  it('takes one of two parallel requests with the same signature', async () => {
    const user = await sharedHolder();
    const challenge = await challengeOf(user);
    const signed = user.key.sign(await requestOptions(challenge));
    const replies = await Promise.all([finish(challenge, signed), finish(challenge, signed)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it('refuses a signature after a failed try with its challenge', async () => {
    const user = await sharedHolder();
    const challenge = await challengeOf(user);
    const options = await requestOptions(challenge);
    expect((await finish(challenge, user.key.sign(options, { challenge: 'AAAA' }))).status).toBe(400);
    expect((await finish(challenge, user.key.sign(options))).status).toBe(400);
  });

  it('refuses the challenge of another log-in, and an expired one', async () => {
    const user = await sharedHolder();
    const one = await challengeOf(user);
    const options = await requestOptions(one);
    now = () => new Date(Date.now() + 1000);
    const other = await challengeOf(user);
    expect(await finish(other, user.key.sign(options))).toMatchObject(refused('passkey', 'wrong_passkey'));
    now = () => new Date(Date.now() + 5 * 60_000 + 1000);
    const reply = await finish(one, user.key.sign(options));
    now = () => new Date();
    expect(reply).toMatchObject({ status: 401, json: { code: 'unauthenticated' } });
  });

  it('refuses the passkey of another account', async () => {
    const user = await sharedHolder();
    const neighbor = await holder();
    expect(await logInWith(user, neighbor.key)).toMatchObject(refused('passkey', 'wrong_passkey'));
  });

  it('refuses the id of a passkey with the signature of another', async () => {
    const user = await sharedHolder();
    const challenge = await challengeOf(user);
    const { id } = user.key;
    const signed = new Authenticator(ORIGIN).sign(await requestOptions(challenge));
    expect(await finish(challenge, { ...signed, id, rawId: id })).toMatchObject(
      refused('passkey', 'wrong_passkey'),
    );
  });

  it.each([
    ['the same counter', 0],
    ['an older counter', -1],
    ['no counter any more', undefined],
  ])('refuses %s, says that it may be a copy, and notes it', async (_, offset) => {
    const user = await holder();
    expect((await logInWith(user, user.key)).status).toBe(200);
    const counter = offset === undefined ? 0 : user.key.counter + offset;
    expect(await logInWith(user, user.key, { counter })).toMatchObject(refused('passkey', 'passkey_copied'));
    const { audit } = Audit.parse((await backend.admin('GET', '/audit?limit=5')).json);
    expect(audit).toContainEqual(
      expect.objectContaining({
        action: 'session.refuse',
        detail: expect.objectContaining({ code: 'passkey_copied', passkey: 'Security key' }),
      }),
    );
    expect(
      (
        await backend.stranger('POST', '/login/second-factor', {
          challenge: await challengeOf(user),
          code: user.codes[0],
        })
      ).status,
    ).toBe(200);
  });

  it('takes authenticators that never count', async () => {
    const user = await newUser();
    const key = new Authenticator(ORIGIN);
    expect((await register(user, key, 'Synced', { counter: 0 })).status).toBe(201);
    expect((await logInWith(user, key, { counter: 0 })).status).toBe(200);
    expect((await logInWith(user, key, { counter: 0 })).status).toBe(200);
  });

  it('stops after five wrong ones', async () => {
    const user = await holder();
    for (let tried = 0; tried < 5; tried += 1) {
      expect((await logInWith(user, user.key, { rpId: 'example.net' })).status).toBe(400);
    }
    expect((await logInWith(user, user.key)).status).toBe(429);
  });

  it('takes an authenticator app and recovery codes as well', async () => {
    const user = await holder();
    const { secret } = z
      .object({ secret: z.string() })
      .parse((await user('POST', '/second-factor/totp')).json);
    const confirmed = await user('POST', '/second-factor/totp/confirm', { code: oathCode(secret) });
    expect(confirmed.json).toMatchObject({ recovery_codes: [] });
    expect((await logIn(user)).json).toMatchObject({ factors: ['totp', 'passkey'] });
    const code = oathCode(secret, new Date(Date.now() + 30_000));
    const challenge = await challengeOf(user);
    expect((await backend.stranger('POST', '/login/second-factor', { challenge, code })).status).toBe(200);
    expect((await user('DELETE', '/second-factor/totp')).status).toBe(200);
    expect((await user('GET', '/second-factor')).json).toMatchObject({ recovery_codes_left: 10 });
    expect((await logIn(user)).json).toMatchObject({ factors: ['passkey'] });
  });

  it('asks for something where neither code nor passkey is sent', async () => {
    const user = await sharedHolder();
    const challenge = await challengeOf(user);
    expect(await backend.stranger('POST', '/login/second-factor', { challenge })).toMatchObject(
      refused('code', 'missing'),
    );
  });

  it('gives no options for the challenges of others, nor to accounts without a passkey', async () => {
    const begin = (challenge: string) =>
      backend.stranger('POST', '/login/second-factor/passkey', { challenge });
    expect((await begin('1.2.3')).status).toBe(401);
    const user = await holder();
    const challenge = await challengeOf(user);
    expect((await user('DELETE', `/second-factor/passkeys/${user.passkey}`)).status).toBe(200);
    expect((await begin(challenge)).status).toBe(404);
  });
});

describe('passkeys of an account', () => {
  it('are renamed and removed by their owner only', async () => {
    const user = await holder();
    const neighbor = await holder();
    const route = `/second-factor/passkeys/${user.passkey}`;
    expect((await neighbor('PATCH', route, { name: 'Mine' })).status).toBe(404);
    expect((await neighbor('DELETE', route)).status).toBe(404);
    expect((await user('PATCH', route, { name: 'Blue key' })).json).toMatchObject({
      passkey: { name: 'Blue key' },
    });
    expect((await user('DELETE', route)).status).toBe(200);
    expect((await user('DELETE', route)).status).toBe(404);
    expect((await logIn(user)).status).toBe(200);
    expect((await user('GET', '/second-factor')).json).toMatchObject({
      passkeys: [],
      recovery_codes_left: 0,
    });
  });

  it('confirm together with the password', async () => {
    const user = await holder();
    const begin = async () => Options.parse((await user('POST', '/sessions/confirm/passkey')).json).options;
    const confirm = (passkey: unknown, password = PASSWORD) =>
      user('POST', '/sessions/confirm', { password, passkey });
    expect(await user('POST', '/sessions/confirm', { password: PASSWORD })).toMatchObject(
      refused('code', 'missing'),
    );
    expect((await confirm(user.key.sign(await begin()))).status).toBe(200);
    const signed = user.key.sign(await begin());
    expect(await confirm(signed, 'wrong-password')).toMatchObject(refused('password', 'wrong_password'));
    expect((await confirm(signed)).status).toBe(200);
    expect(await confirm(signed)).toMatchObject(refused('passkey', 'wrong_passkey'));
  });

  it('satisfy the rule of the project, and are reset by a project admin', async () => {
    const admin = await holder('project_admin');
    const user = await newUser();
    expect((await admin('PATCH', '/project', { second_factor: 'everybody' })).status).toBe(200);
    expect((await user('GET', `/users/${user.id}`)).json).toMatchObject({
      code: 'second_factor_enrolment_required',
    });
    const key = new Authenticator(ORIGIN);
    expect((await register(user, key, 'Laptop')).status).toBe(201);
    expect((await user('GET', `/users/${user.id}`)).status).toBe(200);
    expect((await admin('PATCH', '/project', { second_factor: 'nobody' })).status).toBe(200);
    expect((await admin('DELETE', `/users/${user.id}/second-factor`)).status).toBe(200);
    expect((await logIn(user)).status).toBe(200);
    expect(
      await db.reader.selectFrom('passkey').select('id').where('user_id', '=', user.id).execute(),
    ).toEqual([]);
  });
});
