import { execFile, execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { request as askHttp } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { RequestView } from '../../src/contract/api/requests.ts';
import { startBackend, type Backend } from '../api/backend.ts';
import { prepareEstClient } from '../prepare/est-client.js';
import { newKey, openSslRequest } from '../support/certificate-request.ts';
import { selfSigned } from '../support/self-signed.ts';

const prepared = prepareEstClient();
const program = prepared.reason === undefined ? prepared.client : '';
const runFile = promisify(execFile);
const NewToken = z.object({ token: z.string() });
const Requests = z.object({ requests: z.array(RequestView) });
const BLOCK = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g;

test('the EST client is available', () => {
  expect(process.env['CI'] === 'true' ? prepared.reason : undefined).toBeUndefined();
});

(program === '' ? describe.skip : describe)("GlobalSign's EST client", () => {
  const pair = selfSigned('DNS:localhost');
  let backend: Backend;
  let server = '';
  const proxy = createServer({ key: pair.key, cert: pair.cert }, (incoming, outgoing) => {
    const { method, headers, url = '' } = incoming;
    const forwarded = askHttp(`${backend.url}${url}`, { method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });

  beforeAll(async () => {
    backend = await startBackend();
    const project = { short_name: 'demo', server1: 'fl.example.org', key_bits: 2048, frozen: true };
    await backend.admin('PATCH', '/project', project);
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = z
      .object({ port: z.number() })
      .parse(proxy.address() satisfies AddressInfo | string | null);
    server = `localhost:${port}`;
    writeFileSync(file('web.pem'), pair.cert);
  }, 300_000);
  afterAll(async () => {
    proxy.closeAllConnections();
    proxy.close();
    await backend.close();
  });

  const file = (name: string): string => join(backend.folder, name);
  const est = async (command: string, ...flags: readonly string[]): Promise<string> =>
    (await runFile(program, [command, '-server', server, '-explicit', file('web.pem'), ...flags])).stdout;
  const newToken = async (name: string, more: object = {}): Promise<readonly string[]> => {
    const body = { name, organization: 'clinic', name_pattern: `${name}*`, uses: 9, approval: 'at_once' };
    const { json } = await backend.admin('POST', '/enrolment-tokens', { ...body, ...more });
    return ['-user', 'site', '-pass', NewToken.parse(json).token];
  };
  const newRequest = (name: string): void => {
    const key = newKey();
    writeFileSync(file(`${name}.key`), key.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(file(`${name}.csr`), openSslRequest(key, `/CN=${name}`));
  };
  const verified = (pem: string): X509Certificate => {
    writeFileSync(file('leaf.pem'), pem);
    execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', file('root.pem'), file('leaf.pem')]);
    return new X509Certificate(pem);
  };

  test('reads the root CA and that no attributes are asked for', async () => {
    const pem = await est('cacerts');
    writeFileSync(file('root.pem'), pem);
    const { json } = await backend.admin('GET', '/ca');
    const root = new X509Certificate(z.string().parse(json['certificate']));
    expect((pem.match(BLOCK) ?? []).map((block) => new X509Certificate(block).fingerprint256)).toEqual([
      root.fingerprint256,
    ]);
    expect(await est('csrattrs')).toBe('');
  });

  test('enrols a site, and renews it by the certificate that it has', async () => {
    const token = await newToken('ward-1');
    newRequest('ward-1');
    const first = await est('enroll', ...token, '-csr', file('ward-1.csr'));
    writeFileSync(file('ward-1.pem'), first);
    expect(verified(first).subject).toBe('CN=ward-1\nO=clinic');
    const renewed = verified(
      await est('reenroll', ...token, '-certs', file('ward-1.pem'), '-key', file('ward-1.key')),
    );
    expect(renewed.subject).toBe('CN=ward-1\nO=clinic');
    expect(renewed.serialNumber).not.toBe(new X509Certificate(first).serialNumber);
    expect(renewed.publicKey.equals(new X509Certificate(first).publicKey)).toBe(true);
  });

  test('is told that a request waits, and gets the certificate after the approval', async () => {
    const token = await newToken('ward-2', { approval: 'pending' });
    newRequest('ward-2');
    const enroll = () => est('enroll', ...token, '-csr', file('ward-2.csr'));
    await expect(enroll()).rejects.toMatchObject({ stderr: expect.stringContaining('waits') });
    const { requests } = Requests.parse((await backend.admin('GET', '/requests?state=pending')).json);
    const { id, version } = RequestView.parse(requests.find(({ name }) => name === 'ward-2'));
    expect((await backend.admin('POST', `/requests/${id}/approve`, { version })).status).toBe(200);
    expect(verified(await enroll()).subject).toBe('CN=ward-2\nO=clinic');
  });

  test('shows why a request is refused', async () => {
    newRequest('ward-3');
    const enroll = (token: readonly string[]) => est('enroll', ...token, '-csr', file('ward-3.csr'));
    await expect(enroll(['-user', 'site', '-pass', 'wrong'])).rejects.toMatchObject({
      stderr: expect.stringContaining('The enrolment token is wrong.'),
    });
    await expect(enroll(await newToken('other'))).rejects.toMatchObject({
      stderr: expect.stringContaining('ward-3'),
    });
  });
});
