import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { OidcSettings } from '../../src/backend/context/config.ts';
import { startBackend, type Backend } from '../api/backend.ts';
import { FormBrowser } from '../support/form-browser.ts';
import { freePort } from '../support/free-port.ts';
import { CLIENT, makeProviderPair, startIdentityProvider } from '../support/identity-provider.ts';
import { isInstalled, PROXIES, startProxy, type Proxy } from '../support/proxy.ts';
import { outcome, passProvider, Started } from './sso-visit.ts';

const MINUTE_MS = 60_000;
const KEPT = '/hospital/flare';
const LoggedOut = z.object({ location: z.string() });
const { nginx } = PROXIES;
if (nginx === undefined) {
  throw new Error('no nginx');
}
const suite = isInstalled(nginx.program) ? describe : describe.skip;

/** Where a dashboard stands behind nginx, and whether it was configured so. */
const PLACES = [
  { prefix: '/nvflare-dashboard', configured: true },
  { prefix: '/nvflare-dashboard', configured: false },
  { prefix: '/federation', configured: false },
  { prefix: KEPT, configured: true },
] as const;

suite('single sign-on behind nginx', () => {
  const pair = makeProviderPair();
  const started: { readonly backend: Backend; readonly proxy: Proxy }[] = [];
  let stopProvider: () => Promise<void>;

  beforeAll(async () => {
    const port = await freePort();
    const oidc: OidcSettings = {
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
    for (const { prefix, configured } of PLACES) {
      const proxyPort = await freePort();
      const publicUrl = `https://127.0.0.1:${proxyPort}${prefix}/`;
      const address = configured ? { publicUrl } : {};
      const backend = await startBackend({ oidc, ...address, trustedProxies: ['127.0.0.1'] });
      await backend.admin('PATCH', '/project', { public: true });
      const keptPath = prefix === KEPT ? { keptPath: KEPT } : {};
      const proxy = await startProxy(nginx, {
        backend: new URL(backend.url).host,
        port: proxyPort,
        ...keptPath,
      });
      started.push({ backend, proxy });
    }
    const dashboards = PLACES.map(({ prefix }, index) => `${started[index]?.proxy.url ?? ''}${prefix}`);
    const people = { ann: { email: 'ann@example.org', email_verified: true } };
    ({ stop: stopProvider } = await startIdentityProvider({ port, pair, dashboards, people }));
  }, MINUTE_MS);
  afterAll(async () => {
    await stopProvider();
    for (const { backend, proxy } of started) {
      await proxy.stop();
      await backend.close();
    }
    pair.remove();
  }, MINUTE_MS);

  it.each(
    PLACES.map(({ prefix, configured }, index) => [prefix, configured ? 'with' : 'without', index] as const),
  )('logs in and out below %s %s a public address', async (prefix, _told, index) => {
    const proxy = started[index]?.proxy;
    const base = `${proxy?.url ?? ''}${prefix}`;
    const browser = new FormBrowser([pair.cert, proxy?.ca ?? ''], prefix);
    const begun = await browser.call('POST', `${base}/api/v1/login/sso`, {});
    const { location } = Started.parse(begun.json);
    expect(new URL(location).searchParams.get('redirect_uri')).toBe(`${base}/api/v1/login/sso/callback`);
    const reached = await passProvider(browser, location, 'ann');
    expect([reached.url.href, outcome(reached)]).toEqual([`${base}/?sso=ok`, `${prefix}/?ok`]);
    expect(await browser.call('GET', `${base}/api/v1/me`)).toMatchObject({
      status: 200,
      json: { user: { email: 'ann@example.org' } },
    });
    const out = await browser.call('POST', `${base}/api/v1/logout`);
    const after = new URL(LoggedOut.parse(out.json).location);
    expect(after.searchParams.get('post_logout_redirect_uri')).toBe(`${base}/`);
    expect((await browser.call('GET', `${base}/api/v1/me`)).status).toBe(401);
  });
});
