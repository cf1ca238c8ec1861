import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { OidcSettings } from '../../src/backend/context/config.ts';
import { startBackend, type Backend } from '../api/backend.ts';
import { FormBrowser } from '../support/form-browser.ts';
import { freePort } from '../support/free-port.ts';
import {
  CLIENT,
  makeProviderPair,
  startIdentityProvider,
  type ProviderPair,
} from '../support/identity-provider.ts';
import { demand, outcome, passProvider, start, Started, withoutPassword } from './sso-visit.ts';

const ADMIN = { email: 'admin@example.org', password: 'correct-horse-battery' };
const MINUTE_MS = 60_000;

const verified = (email: string, more: object = {}) => ({ email, email_verified: true, ...more });
const PEOPLE = {
  ann: verified('ann@example.org', { name: 'Ann', groups: ['staff'], org: 'clinic' }),
  bob: verified('bob@example.org', { name: 'Bob' }),
  local: verified('local@example.org'),
  linked: verified('someone.else@example.org'),
  foreign: verified('eve@elsewhere.test'),
  unverified: { email: 'carl@example.org', email_verified: false },
  denied: verified('dora@example.org'),
  late: verified('late@example.org'),
  leaver: verified('leaver.away@example.org'),
  out: verified('out@example.org'),
  sure: verified('sure@example.org'),
  strong: verified('strong@example.org', { amr: ['pwd', 'mfa'] }),
  weak: verified('weak@example.org', { amr: ['pwd'] }),
};

const Me = z.object({
  user: z.object({
    id: z.number(),
    email: z.string(),
    role: z.string(),
    organization: z.string(),
    approval_state: z.number(),
  }),
  external: z.boolean(),
});

let settings: OidcSettings;
let waiting: Backend;
let approving: Backend;
let strict: Backend;
let wrongClock: Backend;
/** Knows nothing of the provider's private CA. */
let trusting: Backend;
let stopProvider: () => Promise<void>;
let port: number;
let pair: ProviderPair;

const open = async (backend: Backend): Promise<Backend> => {
  const project = { public: true, short_name: 'demo', server1: 'server.example.org' };
  expect((await backend.admin('PATCH', '/project', project)).status).toBe(200);
  return backend;
};

beforeAll(async () => {
  port = await freePort();
  pair = makeProviderPair();
  settings = {
    issuer: `https://127.0.0.1:${port}`,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    ca: pair.cert,
    roleClaim: 'groups',
    roles: [['staff', 'member']],
    organizationClaim: 'org',
    domains: ['example.org'],
    approves: false,
    secondFactor: [],
  };
  // All of them start while nothing listens at the provider's address.
  waiting = await open(await startBackend({ oidc: settings }));
  approving = await open(
    await startBackend({ oidc: { ...settings, approves: true, secondFactor: [['amr', 'mfa']] } }),
  );
  strict = await startBackend({ oidc: settings, localPasswords: false });
  const now = () => new Date(Date.now() + 2 * MINUTE_MS);
  wrongClock = await startBackend({ oidc: settings, now });
  trusting = await startBackend({ oidc: { ...settings, ca: undefined } });
}, MINUTE_MS);

const backends = () => [waiting, approving, strict, wrongClock, trusting];

const startProvider = async () => {
  const dashboards = backends().map(({ url }) => url);
  ({ stop: stopProvider } = await startIdentityProvider({ port, pair, dashboards, people: PEOPLE }));
};

afterAll(async () => {
  await stopProvider();
  pair.remove();
  for (const backend of backends()) {
    await backend.close();
  }
}, MINUTE_MS);

const enter = async (
  person: keyof typeof PEOPLE,
  backend: Backend = waiting,
  body: object = {},
): Promise<{ readonly browser: FormBrowser; readonly ended: string }> => {
  const browser = new FormBrowser(pair.cert);
  const ended = outcome(await passProvider(browser, await start(browser, backend, body), person));
  return { browser, ended };
};

const me = async (browser: FormBrowser, backend: Backend = waiting) => {
  const { status, json } = await browser.call('GET', `${backend.url}/api/v1/me`);
  expect(status).toBe(200);
  return Me.parse(json);
};

describe('while the provider does not respond', () => {
  it('a dashboard has started, and local log-ins work', async () => {
    const login = await waiting.stranger('POST', '/login', ADMIN);
    expect(login.status).toBe(200);
    expect((await waiting.stranger('GET', '/login/options')).json).toMatchObject({
      provider: `127.0.0.1:${port}`,
      local_passwords: true,
    });
  });

  it('single sign-on says so, and works once it responds', async () => {
    expect(await waiting.stranger('POST', '/login/sso', {})).toMatchObject({
      status: 503,
      json: { code: 'unavailable' },
    });
    await startProvider();
    expect((await waiting.stranger('POST', '/login/sso', {})).status).toBe(200);
  });

  it('nor does one count whose certificate nobody vouches for', async () => {
    expect((await trusting.stranger('POST', '/login/sso', {})).status).toBe(503);
  });
});

describe('somebody new', () => {
  it('waits for approval, with role and organization of the claims', async () => {
    const { browser, ended } = await enter('ann', waiting, { return_to: '/me' });
    expect(ended).toBe('/me?ok');
    const { user, external } = await me(browser);
    expect(external).toBe(true);
    expect(user).toMatchObject({
      email: 'ann@example.org',
      role: 'member',
      organization: 'clinic',
      approval_state: 0,
    });
  });

  it('is approved at once where the operator wants it and the claims say role and organization', async () => {
    const ann = await enter('ann', approving);
    expect((await me(ann.browser, approving)).user.approval_state).toBe(100);
    const bob = await enter('bob', approving);
    expect((await me(bob.browser, approving)).user).toMatchObject({ role: '', approval_state: 0 });
  });

  it('is the same account the next time', async () => {
    const first = await me((await enter('bob')).browser);
    const second = await me((await enter('bob')).browser);
    expect(second.user.id).toBe(first.user.id);
  });

  it.each([
    ['foreign', 'domain'],
    ['unverified', 'unverified'],
  ] as const)('is refused as %s', async (person, reason) => {
    const { browser, ended } = await enter(person);
    expect(ended).toBe(`/?${reason}`);
    expect((await browser.call('GET', `${waiting.url}/api/v1/me`)).status).toBe(401);
  });

  it('is refused while the project is closed', async () => {
    expect((await waiting.admin('PATCH', '/project', { public: false })).status).toBe(200);
    expect((await enter('late')).ended).toBe('/?closed');
    expect((await waiting.admin('PATCH', '/project', { public: true })).status).toBe(200);
  });
});

describe('an account with a password', () => {
  const PASSWORD = 'correct-horse-battery';

  const logInLocally = async (email: string): Promise<FormBrowser> => {
    const browser = new FormBrowser(pair.cert);
    const login = await browser.call('POST', `${waiting.url}/api/v1/login`, { email, password: PASSWORD });
    expect(login.status).toBe(200);
    return browser;
  };

  it('is not taken over by its e-mail', async () => {
    await waiting.user('local@example.org', 'lead', 'clinic', 100);
    const { browser, ended } = await enter('local');
    expect(ended).toBe('/?exists');
    expect((await browser.call('GET', `${waiting.url}/api/v1/me`)).status).toBe(401);
  });

  it('is connected by its own log-in, and opened by the provider from then on', async () => {
    const { id } = await waiting.user('owner@example.org', 'lead', 'clinic', 100);
    const browser = await logInLocally('owner@example.org');
    const link = await browser.call('POST', `${waiting.url}/api/v1/sso/link`);
    const linked = await passProvider(browser, Started.parse(link.json).location, 'linked');
    expect(outcome(linked)).toBe('/me?linked');
    expect((await me((await enter('linked')).browser)).user.id).toBe(id);
  });

  it('is not connected with somebody who has another account', async () => {
    await waiting.user('second@example.org', 'lead', 'clinic', 100);
    const browser = await logInLocally('second@example.org');
    const link = await browser.call('POST', `${waiting.url}/api/v1/sso/link`);
    const refused = await passProvider(browser, Started.parse(link.json).location, 'linked');
    expect(outcome(refused)).toBe('/me?taken');
  });

  it('is not connected once its session has ended', async () => {
    await waiting.user('gone@example.org', 'lead', 'clinic', 100);
    const browser = await logInLocally('gone@example.org');
    const link = await browser.call('POST', `${waiting.url}/api/v1/sso/link`);
    await browser.call('POST', `${waiting.url}/api/v1/logout`);
    const refused = await passProvider(browser, Started.parse(link.json).location, 'late');
    expect(outcome(refused)).toBe('/me?state');
  });
});

describe('a log-in at the provider', () => {
  it('that the person breaks off is explained', async () => {
    const browser = new FormBrowser(pair.cert);
    const page = await browser.visit(await start(browser, waiting));
    expect(outcome(await browser.visit(`${page.url.href}/abort`))).toBe('/?denied');
  });

  it('of a denied account is refused', async () => {
    const { user } = await me((await enter('denied')).browser);
    expect((await waiting.admin('PATCH', `/users/${user.id}`, { approval_state: -1 })).status).toBe(200);
    expect((await enter('denied')).ended).toBe('/?account_denied');
  });

  it('counts only in the browser that began it', async () => {
    const browser = new FormBrowser(pair.cert);
    const stopped = await passProvider(browser, await start(browser, waiting), 'bob', '/callback');
    expect(stopped.url.searchParams.get('code')).not.toBeNull();
    expect(outcome(await new FormBrowser(pair.cert).visit(stopped.url))).toBe('/?state');
    const other = new FormBrowser(pair.cert);
    await start(other, waiting);
    expect(outcome(await other.visit(stopped.url))).toBe('/?state');
    expect(outcome(await browser.visit(stopped.url))).toBe('/?ok');
  });

  it('counts once', async () => {
    const browser = new FormBrowser(pair.cert);
    const stopped = await passProvider(browser, await start(browser, waiting), 'bob', '/callback');
    const kept = new Map(browser.cookies);
    expect(outcome(await browser.visit(stopped.url))).toBe('/?ok');
    const thief = new FormBrowser(pair.cert);
    for (const [name, value] of kept) {
      thief.cookies.set(name, value);
    }
    expect(outcome(await thief.visit(stopped.url))).toBe('/?failed');
  });

  it('with clocks two minutes apart says so', async () => {
    expect((await enter('bob', wrongClock)).ended).toBe('/?clock');
  });

  it.each(['//evil.test', 'https://evil.test', '/\\\\evil.test', 'me', '/a?b=//evil.test', '/\nx'])(
    'does not lead to %j afterwards',
    async (return_to) => {
      expect((await waiting.stranger('POST', '/login/sso', { return_to })).status).toBe(400);
    },
  );

  it('ends there, too', async () => {
    const { browser } = await enter('out');
    const { json } = await browser.call('POST', `${waiting.url}/api/v1/logout`);
    const { location } = Started.parse(json);
    expect(location).toContain(`https://127.0.0.1:${port}/session/end?`);
    expect(new URL(location).searchParams.get('post_logout_redirect_uri')).toBe(`${waiting.url}/`);
    expect((await browser.visit(location)).status).toBe(200);
  });

  it('is no confirmation until the provider has asked for the password again', async () => {
    const { browser } = await enter('sure');
    const generate = () =>
      browser.call('POST', `${waiting.url}/api/v1/tokens`, { name: 'ci', scopes: ['read'] });
    expect(await generate()).toMatchObject({ status: 403, json: { code: 'confirmation_required' } });
    const location = await start(browser, waiting, { purpose: 'confirm', return_to: '/me' });
    expect(new URL(location).searchParams.get('prompt')).toBe('login');
    expect(outcome(await passProvider(browser, location, 'sure'))).toBe('/me?ok');
    expect((await generate()).status).toBe(201);
  });

  it('keeps what the provider sent out of the audit', async () => {
    const { json } = await waiting.admin('GET', '/audit?limit=1000');
    const text = JSON.stringify(json);
    expect(text).toContain('single_sign_on');
    expect(text).not.toMatch(/eyJ[\w-]+\./);
  });
});

describe('a project that demands a second factor', () => {
  it('takes every log-in, or those whose ID token has a named claim', async () => {
    await demand(waiting, 'everybody');
    expect((await enter('weak', waiting)).ended).toBe('/?ok');
    await demand(waiting, 'nobody');
    await demand(approving, 'everybody');
    expect((await enter('weak', approving)).ended).toBe('/?second_factor');
    expect((await enter('strong', approving)).ended).toBe('/?ok');
    await demand(approving, 'admins');
    expect((await enter('weak', approving)).ended).toBe('/?ok');
  });
});

describe('an account that was connected', () => {
  it('is disconnected by its owner, and its sessions of the provider end', async () => {
    const owner = await waiting.user('leaver@example.org', 'lead', 'clinic', 100);
    const browser = new FormBrowser(pair.cert);
    await browser.call('POST', `${waiting.url}/api/v1/login`, {
      email: 'leaver@example.org',
      password: 'correct-horse-battery',
    });
    const link = await browser.call('POST', `${waiting.url}/api/v1/sso/link`);
    await passProvider(browser, Started.parse(link.json).location, 'leaver');
    const other = await enter('leaver');
    expect((await me(other.browser)).user.id).toBe(owner.id);
    expect((await browser.call('DELETE', `${waiting.url}/api/v1/sso/link`)).status).toBe(200);
    expect((await other.browser.call('GET', `${waiting.url}/api/v1/me`)).status).toBe(401);
    expect((await browser.call('DELETE', `${waiting.url}/api/v1/sso/link`)).status).toBe(404);
    expect((await enter('leaver')).ended).toBe('/?ok');
  });

  it('stays connected while no password would open it', async () => {
    const { browser } = await enter('sure');
    const location = await start(browser, waiting, { purpose: 'confirm', return_to: '/me' });
    await passProvider(browser, location, 'sure');
    expect(await browser.call('DELETE', `${waiting.url}/api/v1/sso/link`)).toMatchObject({
      status: 409,
      json: { fields: [{ path: 'password', code: 'missing' }] },
    });
  });
});

describe('switched off passwords', () => {
  it('leave the first project admin alone', async () => {
    expect((await strict.stranger('POST', '/login', ADMIN)).status).toBe(200);
  });

  it('refuse everybody else who has one, and sign-ups with one', async () => {
    const invited = {
      email: 'other@example.org',
      password: 'amber-Lantern-37',
      organization: 'clinic',
      role: 'lead',
    };
    expect((await strict.stranger('POST', '/users', invited)).status).toBe(403);
    const created = await strict.admin('POST', '/users', invited);
    expect(created.status).toBe(201);
    const { email, password } = invited;
    expect(await strict.stranger('POST', '/login', { email, password })).toMatchObject({
      status: 403,
      json: { code: 'unauthorized' },
    });
    expect((await strict.stranger('POST', '/login', { email, password: 'wrong-guess' })).status).toBe(401);
    const users = [z.object({ id: z.number() }).parse(created.json['user']).id];
    await strict.admin('POST', '/approvals', { decision: 'deny', users });
    const denied = await strict.stranger('POST', '/login', { email, password });
    expect([denied.status, denied.json['challenge']]).toEqual([403, undefined]);
  });

  it('leave the last admin with a password where he is', async () => {
    const { json } = await strict.admin('GET', '/me');
    const { id } = z.object({ user: z.object({ id: z.number() }) }).parse(json).user;
    const invited = {
      email: 'second.admin@example.org',
      password: 'amber-Lantern-37',
      organization: 'x',
      role: 'lead',
    };
    const { user } = z
      .object({ user: z.object({ id: z.number() }) })
      .parse((await strict.admin('POST', '/users', invited)).json);
    const promote = { role: 'project_admin', approval_state: 100 };
    expect((await strict.admin('PATCH', `/users/${user.id}`, promote)).status).toBe(200);
    await withoutPassword(strict, user.id);
    for (const patch of [{ role: 'lead' }, { approval_state: -1 }]) {
      expect((await strict.admin('PATCH', `/users/${id}`, patch)).json).toMatchObject({ code: 'last_admin' });
    }
    expect((await strict.admin('DELETE', `/users/${id}`)).json).toMatchObject({ code: 'last_admin' });
  });
});
