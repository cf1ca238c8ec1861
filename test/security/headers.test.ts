import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { request as overHttp, type IncomingHttpHeaders } from 'node:http';
import { request as overHttps } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { z } from 'zod';
import { startServer, type RunningServer } from '../../src/backend/start/start-backend.ts';

const ADMIN = { email: 'admin@example.org', password: 'correct-horse-battery' };
const LARGE = 'x'.repeat(200 * 1024);
const MINUTE = 60_000;
const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
const LogIn = z.object({ access_token: z.string() });

interface ApiResponse {
  readonly what: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const send = (url: string, { method, path, headers = {}, body }: Request): Promise<ApiResponse> =>
  new Promise((done, reject) => {
    const options = { method, headers, rejectUnauthorized: false };
    const sent = (url.startsWith('https:') ? overHttps : overHttp)(`${url}${path}`, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const what = `${method} ${path.slice(0, 60)} ${response.statusCode ?? 0}`;
        done({ what, status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** Returns what a client that speaks no HTTP gets. */
const sendRaw = (url: string, text: string): Promise<string> =>
  new Promise((done, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    let response = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (response += chunk));
    socket.on('close', () => {
      done(response);
    });
    socket.on('error', reject);
  });

const json = { 'content-type': 'application/json' };

/** Each operation in every way in which it can be asked wrong, and right where that is possible without knowledge. */
const variants = (method: string, path: string, token: string): readonly Request[] => {
  const authorization = `Bearer ${token}`;
  const withBody = method === 'GET' || method === 'DELETE' ? [] : ['{}', '[]', '{', `"${LARGE}"`];
  const at = (id: string): string => path.replaceAll(/\{\w+\}/g, id);
  return [
    { method, path: at('1') },
    { method, path: at('1'), headers: { authorization: 'Bearer no.such.token' } },
    { method, path: at('999999'), headers: { authorization } },
    { method, path: at('%20'), headers: { authorization } },
    { method, path: `${at('1')}?limit=x&sort=%00`, headers: { authorization } },
    ...withBody.map((body) => ({ method, path: at('1'), headers: { authorization, ...json }, body })),
    ...(withBody.length === 0
      ? []
      : [{ method, path: at('1'), headers: { authorization, 'content-type': 'text/plain' }, body: 'x' }]),
    { method: 'PUT', path: at('1'), headers: { authorization } },
  ];
};

const isApi = ({ what }: ApiResponse): boolean => what.includes(' /api/');

const INTERNALS = /node_modules|\bat \/|SQLITE|sqlite|\.ts:|\.js:|Error:/;

/** Returns what is missing on an answer, in words. */
const lacks = (response: ApiResponse, secure: boolean): readonly string[] => {
  const { headers, status, body } = response;
  const policy = String(headers['content-security-policy'] ?? '');
  const rules: readonly (readonly [string, boolean])[] = [
    ['a policy for content', policy.includes("default-src 'none'") && !policy.includes('unsafe')],
    ['frame-ancestors none', policy.includes("frame-ancestors 'none'")],
    ['nosniff', headers['x-content-type-options'] === 'nosniff'],
    ['referrer-policy', headers['referrer-policy'] === 'no-referrer'],
    ['no-store', !isApi(response) || headers['cache-control'] === 'no-store'],
    ['a request id', typeof headers['x-request-id'] === 'string'],
    ['HSTS exactly under HTTPS', (headers['strict-transport-security'] !== undefined) === secure],
    ['silence about its software', headers['server'] === undefined && headers['x-powered-by'] === undefined],
    ['a status below 500', status < 500],
    ['silence about internals', status < 400 || !INTERNALS.test(body)],
    ['the request id in an error', status < 400 || !isApi(response) || body.includes('"request_id":"')],
  ];
  return rules.flatMap(([what, there]) => (there ? [] : [`${response.what}: ${what}`]));
};

const makeCertificate = (folder: string): void => {
  const cert = join(folder, 'cert');
  mkdirSync(cert);
  const subject = ['-subj', '/CN=localhost', '-days', '2', '-nodes'];
  const files = ['-keyout', join(cert, 'web.key'), '-out', join(cert, 'web.crt')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...files], { stdio: 'pipe' });
};

describe.each([
  ['HTTP', false],
  ['HTTPS', true],
] as const)('over %s', (_scheme, secure) => {
  const folder = mkdtempSync(join(tmpdir(), 'headers-'));
  let server: RunningServer;

  beforeAll(async () => {
    if (secure) {
      makeCertificate(folder);
    }
    server = await startServer(
      {
        webRoot: folder,
        host: '127.0.0.1',
        port: 0,
        database: { engine: 'sqlite', file: join(folder, 'db.sqlite') },
        credential: `${ADMIN.email}:${ADMIN.password}:lab`,
        passphrase: undefined,
        secretKey: undefined,
        logLevel: 'silent',
        drainSeconds: 0,
        metrics: false,
      },
      pino({ level: 'silent' }),
      () => new Date(),
    );
  }, MINUTE);
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'every answer of every route carries the headers, and no error tells of internals',
    async () => {
      const { url } = server;
      const login = { method: 'POST', path: '/api/v1/login', headers: json, body: JSON.stringify(ADMIN) };
      const token = LogIn.parse(JSON.parse((await send(url, login)).body)).access_token;
      const document = await send(url, { method: 'GET', path: '/openapi.json' });
      const { paths } = Document.parse(JSON.parse(document.body));
      const operations = Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
      );
      const requests = [
        ...operations
          .filter(({ path }) => !path.endsWith('/logout'))
          .flatMap(({ method, path }) => variants(method, path, token)),
        ...['/', '/users', '/no/such/page.js', '/assets/none.js', '/api/v1/none', '/docs', '/%00', '//'].map(
          (path) => ({ method: 'GET', path }),
        ),
        { method: 'OPTIONS', path: '/api/v1/project' },
        { method: 'TRACE', path: '/api/v1/project' },
        { method: 'GET', path: `/${'x'.repeat(9000)}` },
      ];
      const violations: string[] = [];
      const seen = new Set<number>();
      for (const request of requests) {
        const response = await send(url, request);
        seen.add(response.status);
        violations.push(...lacks(response, secure));
      }
      expect(violations).toEqual([]);
      expect([...seen]).toEqual(expect.arrayContaining([200, 400, 401, 404, 405, 413, 415]));
      const statuses = [...seen].sort((a, b) => a - b).join(', ');
      process.stdout.write(`headers: ${requests.length} answers with status ${statuses}: complete\n`);
    },
    4 * MINUTE,
  );

  if (!secure) {
    it.each([
      ['nonsense', 'hello\r\n\r\n', 400],
      ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
      ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    ])('%s is answered with the headers, too', async (_what, text, status) => {
      const response = await sendRaw(server.url, text);
      const [head = '', body = ''] = response.split('\r\n\r\n');
      expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      for (const header of [
        "frame-ancestors 'none'",
        'x-content-type-options: nosniff',
        'cache-control: no-store',
      ]) {
        expect(head).toContain(header);
      }
      expect(body).not.toMatch(INTERNALS);
    });
  }
});
