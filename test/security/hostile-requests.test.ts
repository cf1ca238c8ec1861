import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN, PASSWORD, startBackend, type Backend } from '../api/backend.ts';

const JSON_TYPE = 'application/json';

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
}, 180_000);
afterAll(() => backend.close());

const post = (body: string | Buffer, type = JSON_TYPE, route = '/api/v1/login'): Promise<Response> =>
  fetch(`${backend.url}${route}`, { method: 'POST', headers: { 'content-type': type }, body });

const ask = (method: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${backend.url}${path}`, { method, headers });

const sendRaw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(backend.url).port), '127.0.0.1', () => socket.end(text));
    let response = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (response += chunk));
    socket.on('close', () => {
      resolve(response);
    });
    socket.on('error', reject);
  });

describe('a body', () => {
  it.each([21, 500, 8000, 20_000])('that is nested %d levels deep is refused', async (depth) => {
    const nested = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    const response = await fetch(`${backend.url}/api/v1/project`, {
      method: 'PATCH',
      headers: { 'content-type': JSON_TYPE, authorization: `Bearer ${backend.admin.token}` },
      body: `{"project_props":${nested}}`,
    });
    expect(response.status).toBe(400);
  });

  it('that is null is refused', async () => {
    expect((await post('null')).status).toBe(400);
  });

  it('that is not UTF-8 is refused instead of repaired', async () => {
    const latin1 = Buffer.from('{"email":"jürgen@example.org","password":"x"}', 'latin1');
    expect((await post(latin1)).status).toBe(400);
  });

  it.each(['gzip', 'br', 'deflate, gzip'])('compressed with %s is refused', async (encoding) => {
    const response = await fetch(`${backend.url}/api/v1/login`, {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE, 'content-encoding': encoding },
      body: '{"email":"nobody@example.org","password":"x"}',
    });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ code: 'unsupported_media_type' });
  });

  it.each(['ISO-8859-1', 'utf-16'])('in the character set %s is refused', async (charset) => {
    expect((await post('{}', `${JSON_TYPE}; charset=${charset}`)).status).toBe(415);
  });

  it.each(['utf-8', 'UTF8', '"utf-8"'])('in the character set %s is read', async (charset) => {
    const body = '{"email":"nobody@example.org","password":"x"}';
    expect((await post(body, `${JSON_TYPE}; charset=${charset}`)).status).toBe(401);
  });
});

describe('an address that cannot be decoded', () => {
  it.each([
    '/%',
    '/%zz',
    '/api/v1/%zz',
    '/api/v1/users/%c0%af',
    '/nvflare-dashboard/api/v1/%',
    '/assets/%ff',
  ])('%s is refused like any other bad request', async (path) => {
    const response = await sendRaw(`GET ${path} HTTP/1.1\r\nHost: one\r\nConnection: close\r\n\r\n`);
    expect(response).toMatch(/^HTTP\/1\.1 400 /);
    expect(response).toMatch(/"code":"malformed"/);
    expect(response).toMatch(/x-request-id: [0-9a-f-]{36}/i);
    expect(response).toMatch(/content-security-policy: default-src 'none'/i);
  });
});

describe('a request', () => {
  it('with two hosts is refused', async () => {
    const response = await sendRaw(
      'GET /health HTTP/1.1\r\nHost: one\r\nHost: two\r\nConnection: close\r\n\r\n',
    );
    expect(response).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each([
    ['GET /health HTTP/1.1', 'Host: one', 'Authorization: Bearer a', 'Authorization: Bearer b'],
    ['GET /health HTTP/1.1', 'Host: one', 'Content-Type: text/plain', 'Content-Type: application/json'],
    ['GET http://two/health HTTP/1.1', 'Host: one'],
    ['GET https://two/health HTTP/1.1', 'Host: one'],
    ['GET http://one:81/health HTTP/1.1', 'Host: one'],
    ['GET http://one@two/health HTTP/1.1', 'Host: one'],
    ['GET /health HTTP/1.1', 'Host: one', 'Content-Length: 0', 'Transfer-Encoding: chunked'],
    ['GET /health HTTP/1.1', 'Host: one', 'Content-Length: 0', 'Content-Length: 1'],
    ['GET /health HTTP/1.1', 'Host: one', 'Transfer-Encoding: xchunked'],
    ['GET /health HTTP/1.1', 'Host: one', 'X: a', ' b'],
    ['GET /health HTTP/1.1', 'Host : one'],
    ['PRI * HTTP/2.0', 'Host: one'],
  ])('that two programs may read differently is refused: %j', async (...lines) => {
    const response = await sendRaw(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`);
    expect(response).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each(['http://one/health', 'http://ONE:80/health'])(
    'for %s of its own host is served',
    async (target) => {
      const response = await sendRaw(`GET ${target} HTTP/1.1\r\nHost: one\r\nConnection: close\r\n\r\n`);
      expect(response).toMatch(/^HTTP\/1\.1 200 /);
    },
  );

  it.each(['a b', 'one,two', 'evil.example.org/path', 'user@host', 'http://one', '[::1', 'a:b', 'x"><y'])(
    'with the host %s is refused',
    async (host) => {
      const response = await sendRaw(`GET /health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(response).toMatch(/^HTTP\/1\.1 400 /);
    },
  );

  it.each(['one', 'one.example.org:8443', 'under_score', '[::1]:8443', '10.0.0.1', 'xn--bcher-kva.example.'])(
    'with the host %s is served',
    async (host) => {
      const response = await sendRaw(`GET /health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(response).toMatch(/^HTTP\/1\.1 200 /);
    },
  );

  it.each(['/', '/users', '/nvflare-dashboard/', '/api/v1/login', '/nvflare-dashboard/api/v1/login'])(
    'OPTIONS %s tells the methods',
    async (path) => {
      const response = await ask('OPTIONS', path);
      expect(response.status).toBe(204);
      expect(response.headers.get('allow')).toContain('OPTIONS');
    },
  );

  it('OPTIONS * tells the methods', async () => {
    const response = await sendRaw('OPTIONS * HTTP/1.0\r\n\r\n');
    expect(response).toMatch(/^HTTP\/1\.[01] 204 /);
  });

  it.each(['/', '/users'])('POST %s is told that pages are only read', async (path) => {
    const response = await ask('POST', path);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it.each(['/healthz', '/livez', '/readyz', '/health', '/ready', '/'])('HEAD %s is 200', async (path) => {
    expect((await ask('HEAD', path)).status).toBe(200);
  });

  it.each(['/api', '/api/v2/users', '/v1/users', '/nvflare-dashboard/api/v9', '/.env', '/.git/config'])(
    'GET %s finds nothing, in JSON',
    async (path) => {
      const response = await ask('GET', path, { accept: 'text/html' });
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toContain(JSON_TYPE);
    },
  );

  it.each(['//api/v1//project', '//health', '/nvflare-dashboard//api/v1/project'])(
    'GET %s is read without the doubled slashes',
    async (path) => {
      const response = await ask('GET', path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain(JSON_TYPE);
    },
  );
});

describe('a stranger', () => {
  it('learns nothing of a project that is not public', async () => {
    await backend.admin('PATCH', '/project', {
      public: false,
      short_name: 'secret',
      title: 'Secret study',
      description: 'Nobody may know',
    });
    const { json } = await backend.stranger('GET', '/project');
    expect(JSON.stringify(json)).not.toMatch(/secret|nobody/i);
    expect(json).toMatchObject({ project: { title: '', num_users: 0, num_clients: 0, num_orgs: 0 } });
    expect((await backend.stranger('GET', '/organizations')).json).toMatchObject({ org_list: [] });
    expect((await backend.admin('GET', '/organizations')).json).toMatchObject({ org_list: ['nvidia'] });
  });
});

describe('a member', () => {
  it('sees neither denied colleagues nor reasons', async () => {
    const member = await backend.user('member@example.org', 'member', 'clinic', 100);
    const colleague = await backend.user('colleague@example.org', 'member', 'clinic', 100);
    const decide = { approval_state: -1, approval_reason: 'suspected of data theft' };
    await backend.admin('PATCH', `/users/${colleague.id}`, decide);
    const seen = await member('GET', '/users');
    expect(seen).toMatchObject({ json: { total: 1 } });
    expect(JSON.stringify(seen.json)).not.toMatch(/colleague@|theft/);
    expect(JSON.stringify((await backend.admin('GET', '/users')).json)).toMatch(/theft/);
  });
});

describe('the session cookie', () => {
  const sessionCookie = async (email: string): Promise<string> => {
    const response = await fetch(`${backend.url}/api/v1/login`, {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE, 'x-dashboard-page': '1' },
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    return response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  };
  const me = (cookie: string, headers: Readonly<Record<string, string>> = {}) =>
    ask('GET', '/api/v1/me', { 'x-dashboard-page': '1', cookie, ...headers });

  it('counts for nothing beside another one of its name, in either order', async () => {
    await backend.user('planter@example.org', 'member', 'clinic', 100);
    const [own, planted] = [await sessionCookie(ADMIN), await sessionCookie('planter@example.org')];
    expect((await me(own)).status).toBe(200);
    expect((await me(`${own}; ${own}`)).status).toBe(200);
    expect((await me(`${planted}; ${own}`)).status).toBe(401);
    expect((await me(`${own}; ${planted}`)).status).toBe(401);
  });

  it.each(['cross-site', 'same-site', 'something new'])(
    'counts for nothing in a request that is %s',
    async (site) => {
      expect((await me(await sessionCookie(ADMIN), { 'sec-fetch-site': site })).status).toBe(401);
    },
  );

  it.each(['same-origin', 'none'])('counts in a request that is %s', async (site) => {
    expect((await me(await sessionCookie(ADMIN), { 'sec-fetch-site': site })).status).toBe(200);
  });

  it('counts for nothing without the header of the page', async () => {
    const cookie = await sessionCookie(ADMIN);
    expect((await ask('GET', '/api/v1/me', { cookie })).status).toBe(401);
  });
});

it('a browser is told at log-out to drop what it kept', async () => {
  const user = await backend.user('leaving@example.org', 'member', 'clinic', 100);
  expect((await user('POST', '/logout')).headers.get('clear-site-data')).toBe('"cache"');
});
