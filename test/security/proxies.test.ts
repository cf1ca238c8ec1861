import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN, startBackend, type Backend } from '../api/backend.ts';
import { freePort } from '../support/free-port.ts';

const PASSWORD = 'correct-horse-battery';
const PREFIX = '/nvflare-dashboard';

let behind: Backend;
let direct: Backend;
const folder = mkdtempSync(join(tmpdir(), 'proxy-'));
beforeAll(async () => {
  behind = await startBackend({ trustedProxies: ['127.0.0.0/8', '::1'] });
  direct = await startBackend();
}, 60_000);
afterAll(async () => {
  await behind.close();
  await direct.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const logIn = (
  url: string,
  headers: Readonly<Record<string, string>>,
  password = PASSWORD,
  prefix = '',
): Promise<Response> =>
  fetch(`${url}${prefix}/api/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-dashboard-page': '1', ...headers },
    body: JSON.stringify({ email: ADMIN, password }),
  });

const sessionCookie = (response: Response): string =>
  response.headers.getSetCookie().find((line) => line.includes('_session_')) ?? '';

const lockOut = async (backend: Backend, headers: Readonly<Record<string, string>>): Promise<void> => {
  for (let count = 0; count < 6; count += 1) await logIn(backend.url, headers, 'wrong');
};

const ledAddresses = async (backend: Backend): Promise<string> =>
  JSON.stringify((await backend.admin('GET', '/audit?limit=3')).json['audit']);

describe('behind a proxy that the operator named', () => {
  it('counts guesses by the address that the proxy tells, whatever the client adds to it', async () => {
    await lockOut(behind, { 'x-forwarded-for': '203.0.113.1, 198.51.100.7' });
    expect((await logIn(behind.url, { 'x-forwarded-for': '198.51.100.7' })).status).toBe(429);
    expect((await logIn(behind.url, { 'x-forwarded-for': '203.0.113.1' })).status).toBe(200);
    expect(await ledAddresses(behind)).toContain('203.0.113.1');
  });

  it('reads the header Forwarded as well', async () => {
    expect((await logIn(behind.url, { forwarded: 'for="[2001:db8::7]:4711";proto=https' })).status).toBe(200);
    expect(await ledAddresses(behind)).toContain('2001:db8::7');
  });

  it('marks cookies as secure and asks for HTTPS where the proxy ends it', async () => {
    const response = await logIn(behind.url, { 'x-forwarded-proto': 'https' });
    expect(sessionCookie(response)).toMatch(/^__Host-nvflare_dashboard_session_\w+=.*; Path=\/;.*; Secure$/);
    expect(response.headers.get('strict-transport-security')).toContain('max-age');
  });
});

describe('without a named proxy', () => {
  it('ignores what headers say of address and scheme', async () => {
    const response = await logIn(direct.url, {
      'x-forwarded-for': '203.0.113.1',
      'x-forwarded-proto': 'https',
      forwarded: 'for=203.0.113.1;proto=https',
    });
    expect(sessionCookie(response)).not.toMatch(/Secure|__Host-/);
    expect(response.headers.get('strict-transport-security')).toBeNull();
    expect(await ledAddresses(direct)).not.toContain('203.0.113.1');
  });
});

it('gives the cookies of two dashboards on one host different names', async () => {
  const [one, other] = await Promise.all([behind, direct].map(({ url }) => logIn(url, {})));
  const name = (response: Response | undefined) =>
    response === undefined ? '' : sessionCookie(response).split('=', 1)[0];
  expect(name(one)).not.toBe(name(other));
});

/** Starts a proxy with its example of deploy/proxy on ports of its own; gives its address. */
const startProxy = async (
  file: string,
  command: (path: string) => readonly [string, readonly string[]],
): Promise<{ readonly url: string; readonly end: () => Promise<void> }> => {
  const port = await freePort();
  const example = readFileSync(new URL(`../../deploy/proxy/${file}`, import.meta.url), 'utf8');
  const path = join(folder, file);
  writeFileSync(
    path,
    example.replaceAll('127.0.0.1:8443', new URL(behind.url).host).replaceAll(':8080', `:${port}`),
  );
  const [program, options] = command(path);
  const proxy: ChildProcess = spawn(program, options, { stdio: 'ignore' });
  const ended = once(proxy, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const ready = async (): Promise<boolean> => {
    try {
      return (await fetch(`${url}${PREFIX}/health`)).status === 200;
    } catch {
      return false;
    }
  };
  const deadline = Date.now() + 20_000;
  while (!(await ready())) {
    if (Date.now() > deadline || proxy.exitCode !== null) throw new Error(`${program} does not serve`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    end: async () => {
      proxy.kill('SIGTERM');
      await ended;
    },
  };
};

describe.each([
  [
    'nginx.conf',
    (path: string) =>
      [
        'nginx',
        ['-p', folder, '-c', path, '-e', 'stderr', '-g', `daemon off; pid ${folder}/nginx.pid;`],
      ] as const,
  ],
  ['haproxy.cfg', (path: string) => ['haproxy', ['-db', '-f', path]] as const],
])('behind the example %s', (file, command) => {
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  beforeAll(async () => {
    proxy = await startProxy(file, command);
  }, 30_000);
  afterAll(() => proxy.end());

  it('the page below the prefix asks for nothing outside of it', async () => {
    const page = await (await fetch(`${proxy.url}${PREFIX}/`, { headers: { accept: 'text/html' } })).text();
    const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) {
      expect(address).toMatch(/^\/nvflare-dashboard\//);
      expect((await fetch(`${proxy.url}${address}`)).status).toBe(200);
    }
    expect(page).toContain(`data-base="${PREFIX}/"`);
    expect((await fetch(`${proxy.url}${PREFIX}/docs`)).status).toBe(200);
  });

  it('a log-in below the prefix has a secure cookie that stays below it, and works', async () => {
    const response = await logIn(proxy.url, {}, PASSWORD, PREFIX);
    const cookie = sessionCookie(response);
    expect(cookie).toMatch(/^__Secure-\S+=.*; Path=\/nvflare-dashboard;.*; Secure$/);
    const [pair = ''] = cookie.split(';', 1);
    const me = await fetch(`${proxy.url}${PREFIX}/api/v1/me`, {
      headers: { 'x-dashboard-page': '1', cookie: pair },
    });
    expect(me.status).toBe(200);
  });

  it('a header of the client that pretends another address changes nothing', async () => {
    await logIn(
      proxy.url,
      { 'x-forwarded-for': '203.0.113.99', forwarded: 'for=203.0.113.98' },
      PASSWORD,
      PREFIX,
    );
    expect(await ledAddresses(behind)).not.toMatch(/203\.0\.113\.9[89]/);
  });
});
