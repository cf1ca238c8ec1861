import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BackendProcess } from '../soak/backend-process.ts';
import { renewWebCertificate } from '../soak/web-certificate.ts';

let backend: BackendProcess;
beforeAll(async () => {
  backend = await BackendProcess.prepare({ secure: true });
  await renewWebCertificate(backend.folder);
  await backend.start();
}, 180_000);
afterAll(() => backend.remove());

/** Sends bytes without TLS. @returns everything that comes back */
const send = async (bytes: string | Buffer): Promise<string> => {
  const socket = connect(backend.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(bytes);
  return text(socket);
};

const get = (path: string, host = 'dashboard.example.org:8443'): Promise<string> =>
  send(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);

describe('HTTP sent to the port of HTTPS', () => {
  it('redirects pages to the same address under HTTPS', async () => {
    const response = await get('/users?sort=email');
    expect(response).toMatch(/^HTTP\/1\.1 308 /);
    expect(response).toMatch(/^location: https:\/\/dashboard\.example\.org:8443\/users\?sort=email\r$/im);
  });

  it.each([
    ['the API', 'GET /api/v1/project HTTP/1.1\r\nHost: dashboard.example.org\r\n\r\n'],
    ['a log-in', 'POST /api/v1/login HTTP/1.1\r\nHost: dashboard.example.org\r\nContent-Length: 0\r\n\r\n'],
    ['a page without a host', 'GET / HTTP/1.0\r\n\r\n'],
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: a@b/c\r\n\r\n'],
    ['a proxy request', 'GET http://other.example.org/ HTTP/1.1\r\nHost: other.example.org\r\n\r\n'],
  ])('says to %s what the port speaks', async (_what, request) => {
    const response = await send(request);
    expect(response).toMatch(/^HTTP\/1\.1 400 /);
    expect(response).toContain('This port speaks HTTPS only');
    expect(response).not.toMatch(/^location:/im);
  });
});
