import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { utf8 } from '../../src/pki/der.ts';
import { newKey, openSslRequest } from '../support/certificate-request.ts';
import { rawRequest } from '../support/raw-request.ts';
import { backend, startStudy, stopStudy } from './request-study.ts';

const NewToken = z.object({ token: z.string() });
const PKCS10 = { 'content-type': 'application/pkcs10' };
const key = newKey();
let token = '';
let pem = '';
let der = Buffer.alloc(0);

beforeAll(async () => {
  await startStudy();
  const body = {
    name: 'inputs',
    organization: 'hospital',
    name_pattern: '*',
    uses: 100,
    approval: 'at_once',
  };
  ({ token } = NewToken.parse((await backend.admin('POST', '/enrolment-tokens', body)).json));
  pem = openSslRequest(key, '/CN=inputs');
  der = execFileSync('openssl', ['req', '-outform', 'DER'], { input: pem });
}, 60_000);
afterAll(stopStudy);

const enroll = (
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = PKCS10,
): Promise<Response> =>
  fetch(`${backend.url}/.well-known/est/simpleenroll`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`site:${token}`).toString('base64')}`, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
const base64 = (): string => der.toString('base64');
const inLines = (end: string): string => (base64().match(/.{1,64}/g) ?? []).join(end);

describe('EST accepts a request', () => {
  it.each([
    ['in one line, without its end', base64],
    ['in lines that end with LF', () => `${inLines('\n')}\n`],
    ['in lines that end with CRLF', () => `${inLines('\r\n')}\r\n`],
    ['in lines, the last one without its end', () => inLines('\r\n')],
    ['with spaces before and behind it', () => `\r\n  ${base64()} \n\n`],
    ['as PEM with CRLF', () => pem.replaceAll('\n', '\r\n')],
    ['as PEM behind an empty line', () => `\n${pem}`],
    ['as DER', () => der],
  ])('%s', async (_what, body) => {
    expect((await enroll(body())).status).toBe(200);
  });

  it.each([
    ['base64', { 'content-transfer-encoding': 'base64' }],
    ['BASE64', { 'content-transfer-encoding': 'BASE64' }],
    ['7bit', { 'content-transfer-encoding': '7bit' }],
    ['binary', { 'content-transfer-encoding': 'binary' }],
  ])('in base64 whatever its Content-Transfer-Encoding says: %s', async (_what, headers) => {
    expect((await enroll(base64(), { ...PKCS10, ...headers })).status).toBe(200);
  });

  it.each(['application/pkcs10; charset=utf-8', 'Application/PKCS10', 'application/pkcs10 ; x="y"'])(
    'of the type %s',
    async (type) => {
      expect((await enroll(base64(), { 'content-type': type })).status).toBe(200);
    },
  );
});

describe('EST refuses a request', () => {
  it.each([
    ['with other characters between', () => base64().replace('A', 'A!'), 'base64'],
    ['in the base64 of addresses', () => der.toString('base64url'), 'base64'],
    ['whose base64 is cut off', () => base64().slice(0, 401), 'base64'],
    ['twice', () => `${base64()}\n${base64()}`, 'base64'],
    ['twice as PEM', () => pem + pem, 'one PEM'],
    ['with bytes behind it', () => Buffer.concat([der, Buffer.from([0])]).toString('base64'), 'DER'],
    ['that is compressed', () => gzipSync(base64()), 'base64'],
    ['that is nothing', () => '', ''],
    ['that is longer than any', () => 'A'.repeat(40_000), 'longer than'],
  ])('%s', async (_what, body, reason) => {
    const response = await enroll(body());
    const { message } = z.object({ message: z.string() }).parse(await response.json());
    expect([response.status, message]).toEqual([400, expect.stringContaining(reason)]);
  });

  it.each(['text/plain', 'application/json', 'application/pkcs7-mime', 'application/x-www-form-urlencoded'])(
    'of the type %s, and says which it takes',
    async (type) => {
      const response = await enroll(base64(), { 'content-type': type });
      expect([response.status, await response.text()]).toEqual([
        415,
        expect.stringContaining('application/pkcs10'),
      ]);
    },
  );

  it('of a type that is none', async () => {
    expect((await enroll(base64(), { 'content-type': 'nonsense' })).status).toBe(415);
  });

  it('with a content coding, which it does not undo', async () => {
    const headers = { ...PKCS10, 'content-encoding': 'gzip' };
    expect((await enroll(gzipSync(base64()), headers)).status).toBe(415);
  });

  it('that is larger than any body', async () => {
    expect((await enroll('A'.repeat(2_000_000))).status).toBe(413);
  });

  it.each(['inp\0uts', '../inputs', 'in puts', `x${'y'.repeat(64)}`, 'server', 'inputs\u202e'])(
    'for the name %j',
    async (name) => {
      const response = await enroll(rawRequest(key, { commonName: utf8(name) }));
      expect([400, 403, 409]).toContain(response.status);
    },
  );
});
