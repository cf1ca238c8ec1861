import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Backend } from '../api/backend.ts';
import { FormBrowser } from '../support/form-browser.ts';
import { freePort } from '../support/free-port.ts';
import { CLIENT, makeProviderPair, startIdentityProvider } from '../support/identity-provider.ts';
import { outcome, passProvider, start } from './sso-visit.ts';

const MINUTE_MS = 60_000;
const Me = z.object({ user: z.object({ id: z.number() }) });
const Denial = z.object({ reason: z.string(), challenge: z.string() });

const pair = makeProviderPair();
let backend: Backend;
let stopProvider: () => Promise<void>;

beforeAll(async () => {
  const port = await freePort();
  const oidc = {
    issuer: `https://127.0.0.1:${port}`,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    ca: pair.cert,
    roleClaim: 'groups',
    roles: [],
    organizationClaim: '',
    domains: [],
    approves: false,
    secondFactor: [],
  };
  backend = await startBackend({ oidc });
  await backend.admin('PATCH', '/project', { public: true });
  const people = { dora: { email: 'dora@example.org', email_verified: true } };
  const dashboards = [backend.url];
  ({ stop: stopProvider } = await startIdentityProvider({ port, pair, dashboards, people }));
}, MINUTE_MS);
afterAll(async () => {
  await stopProvider();
  await backend.close();
  pair.remove();
}, MINUTE_MS);

const enter = async (): Promise<{ readonly browser: FormBrowser; readonly ended: string }> => {
  const browser = new FormBrowser(pair.cert);
  return { browser, ended: outcome(await passProvider(browser, await start(browser, backend), 'dora')) };
};

const address = () => `${backend.url}/api/v1/login/sso/denial`;

it('lets somebody who was denied ask again after a log-in at the provider, in that browser alone', async () => {
  const first = await enter();
  const me = await first.browser.call('GET', `${backend.url}/api/v1/me`);
  const { id } = Me.parse(me.json).user;
  const denial = { approval_state: -1, approval_reason: 'Which ward?' };
  expect((await backend.admin('PATCH', `/users/${id}`, denial)).status).toBe(200);

  const { browser, ended } = await enter();
  expect(ended).toBe('/?account_denied');
  const { status, json } = await browser.call('GET', address());
  expect(status).toBe(200);
  const { reason, challenge } = Denial.parse(json);
  expect(reason).toBe('Which ward?');
  expect(JSON.stringify([...browser.cookies])).not.toContain(challenge);
  expect((await new FormBrowser(pair.cert).call('GET', address())).status).toBe(404);

  const ask = { challenge, message: 'Ward 7.' };
  expect((await backend.stranger('POST', '/login/ask-again', ask)).status).toBe(200);
  const { json: thread } = await backend.admin('GET', `/users/${id}/messages`);
  expect(JSON.stringify(thread)).toContain('Ward 7.');
  expect((await browser.call('GET', address())).status).toBe(404);
  expect((await backend.stranger('POST', '/login/ask-again', ask)).status).toBe(401);
  expect((await enter()).ended).toBe('/?ok');
});
