import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { requestBackend, type Trust } from './request.ts';

const folder = mkdtempSync(join(tmpdir(), 'request-'));
let server: Server;
let origin = '';
let fingerprint = '';
let requests = 0;

beforeAll(async () => {
  const [key, cert] = [join(folder, 'web.key'), join(folder, 'web.crt')];
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert],
    ],
    { stdio: 'ignore' },
  );
  fingerprint = new X509Certificate(readFileSync(cert)).fingerprint256;
  server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) => {
    requests += 1;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const send = (trust: Trust) =>
  requestBackend({
    ...{ origin, path: '/', method: 'POST', body: { password: 'secret' }, trust },
    signal: AbortSignal.timeout(10_000),
  });

it('sends a password to the certificate of the folder', async () => {
  expect((await send({ fingerprint })).status).toBe(200);
});

it.each([
  ['another certificate than the one of the folder', { fingerprint: 'AA:BB' }],
  ['a certificate that nobody vouches for', 'chain'],
] as const)('sends no password to %s', async (_what, trust) => {
  const before = requests;
  await expect(send(trust)).rejects.toThrow(/certificate/);
  expect(requests).toBe(before);
});
