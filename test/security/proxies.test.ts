import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN, startBackend, type Backend } from '../api/backend.ts';

const PASSWORD = 'correct-horse-battery';

let behind: Backend;
let direct: Backend;
beforeAll(async () => {
  behind = await startBackend({ trustedProxies: ['127.0.0.0/8', '::1'] });
  direct = await startBackend();
}, 180_000);
afterAll(async () => {
  await behind.close();
  await direct.close();
}, 180_000);

const logIn = (
  url: string,
  headers: Readonly<Record<string, string>>,
  password = PASSWORD,
): Promise<Response> =>
  fetch(`${url}/api/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-dashboard-page': '1', ...headers },
    body: JSON.stringify({ email: ADMIN, password }),
  });

const sessionCookie = (response: Response): string =>
  response.headers.getSetCookie().find((line) => line.includes('_session_')) ?? '';

const lockOut = async (backend: Backend, headers: Readonly<Record<string, string>>): Promise<void> => {
  for (let count = 0; count < 6; count += 1) {
    await logIn(backend.url, headers, 'wrong');
  }
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
