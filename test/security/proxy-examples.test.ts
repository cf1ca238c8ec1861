import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN, startBackend, type Backend } from '../api/backend.ts';
import { isInstalled, PROXIES, startProxy, type Proxy } from '../support/proxy.ts';

const PASSWORD = 'correct-horse-battery';
const KEPT = '/hospital/kept';
const MINUTE = 60_000;

let backend: Backend;
let renamed: Backend;
beforeAll(async () => {
  backend = await startBackend({ trustedProxies: ['127.0.0.1'] });
  renamed = await startBackend({
    trustedProxies: ['127.0.0.1'],
    publicUrl: `https://dashboard.example.org${KEPT}/`,
  });
}, MINUTE);
afterAll(async () => {
  await backend.close();
  await renamed.close();
});

const hostOf = ({ url }: Backend): string => new URL(url).host;

/** Paths of everything that a page's HTML asks for, as a browser resolves them. */
const addressesIn = (html: string, page: string): readonly string[] =>
  [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(
    ([, address = '']) => new URL(address, `https://localhost${page}`).pathname,
  );

const logIn = (proxy: Proxy, prefix: string, headers: Readonly<Record<string, string>> = {}) =>
  proxy.ask(`${prefix}/api/v1/login`, {
    method: 'POST',
    headers: { 'x-dashboard-page': prefix, ...headers },
    body: { email: ADMIN, password: PASSWORD },
  });

/** Defines the tests of what holds below a prefix, whatever proxy is in front. */
const promises = (prefix: string, proxy: () => Proxy): void => {
  it.each(['/', '/users', '/project'])(
    'serves the page at %s with all its files below the prefix',
    async (path) => {
      const page = await proxy().ask(`${prefix}${path}`, { headers: { accept: 'text/html' } });
      expect(page.status).toBe(200);
      const addresses = addressesIn(page.text, `${prefix}${path}`);
      expect(addresses.length).toBeGreaterThan(2);
      for (const address of addresses) {
        expect(address.startsWith(`${prefix}/`)).toBe(true);
        expect((await proxy().ask(address)).status).toBe(200);
      }
    },
  );

  it('keeps a secure session cookie below the prefix', async () => {
    const { status, headers } = await logIn(proxy(), prefix);
    expect(status).toBe(200);
    const cookie = headers['set-cookie']?.find((line) => line.includes('_session_')) ?? '';
    expect(cookie).toMatch(/^__Secure-.*; Secure$/);
    expect(cookie).toContain(`; Path=${prefix};`);
    const [pair = ''] = cookie.split(';', 1);
    const me = await proxy().ask(`${prefix}/api/v1/me`, {
      headers: { 'x-dashboard-page': prefix, cookie: pair },
    });
    expect(me.status).toBe(200);
    expect(headers['strict-transport-security']).toContain('max-age');
  });

  it('answers HEAD, doubled slashes and unknown API addresses as without a proxy', async () => {
    const head = await proxy().ask(`${prefix}/api/v1/project`, { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
    expect((await proxy().ask(`${prefix}//api//v1/project`)).status).toBe(200);
    const unknown = await proxy().ask(`${prefix}/api/v1/nothing`, { headers: { accept: 'text/html' } });
    expect([unknown.status, unknown.headers['content-type']]).toEqual([
      404,
      'application/json; charset=utf-8',
    ]);
  });
};

describe.each(Object.entries(PROXIES))('behind %s with its example', (_name, program) => {
  const suite = isInstalled(program.program) ? describe : describe.skip;

  suite('and the path passed on or cut off', () => {
    let proxy: Proxy;
    beforeAll(async () => {
      proxy = await startProxy(program, { backend: hostOf(backend) });
    }, MINUTE);
    afterAll(() => proxy.stop());

    describe('below /nvflare-dashboard', () => {
      promises('/nvflare-dashboard', () => proxy);
    });
    describe('below a path that is cut off', () => {
      promises('/federation', () => proxy);
    });

    it('adds the slash that the page needs', async () => {
      const { status, headers } = await proxy.ask('/federation');
      expect(status).toBe(308);
      expect(headers.location).toMatch(/\/federation\/$/);
    });

    it('records the address of the connection, whatever a client pretends', async () => {
      await logIn(proxy, '/nvflare-dashboard', {
        'x-forwarded-for': '203.0.113.99',
        forwarded: 'for=203.0.113.98;proto=http',
        'x-forwarded-proto': 'http',
        'x-real-ip': '203.0.113.97',
      });
      const audit = JSON.stringify((await backend.admin('GET', '/audit?limit=3')).json['audit']);
      expect(audit).toContain('127.0.0.1');
      expect(audit).not.toContain('203.0.113.9');
    });
  });

  suite('and another path passed on', () => {
    let proxy: Proxy;
    beforeAll(async () => {
      proxy = await startProxy(program, { backend: hostOf(renamed), keptPath: KEPT });
    }, MINUTE);
    afterAll(() => proxy.stop());
    promises(KEPT, () => proxy);
  });
});
