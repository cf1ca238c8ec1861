import { execFile, execFileSync } from 'node:child_process';
import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { RequestView } from '../../src/contract/api/requests.ts';
import { newKey, openSslRequest } from '../support/certificate-request.ts';
import {
  approve,
  approved,
  backend,
  newSite,
  orgAdmin,
  startStudy,
  stopStudy,
  submitted,
} from './request-study.ts';

const DAY_MS = 86_400_000;
const runFile = promisify(execFile);
const NewToken = z.object({ token: z.string(), enrolment_token: z.object({ id: z.string() }) });
const Requests = z.object({ requests: z.array(RequestView) });
const Ledger = z.object({ kits: z.array(z.object({ serial: z.string(), state: z.string() })) });

let clock = new Date();
beforeAll(() => startStudy({ root_valid_days: 400 }, () => clock), 60_000);
afterAll(stopStudy);

let count = 0;
const newToken = async (more: object = {}) => {
  count += 1;
  const body = { name: `est ${count}`, organization: 'hospital', name_pattern: '*', uses: 9, ...more };
  const { json } = await backend.admin('POST', '/enrolment-tokens', { approval: 'at_once', ...body });
  return NewToken.parse(json);
};

interface CurlReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Asks with curl, as a device would. */
const curl = async (path: string, ...flags: readonly string[]): Promise<CurlReply> => {
  const url = `${backend.url}/.well-known/est/${path}`;
  const { stdout } = await runFile('curl', ['-sS', '-i', ...flags, url]);
  const end = stdout.indexOf('\r\n\r\n');
  const [line = '', ...fields] = stdout.slice(0, end).split('\r\n');
  const headers = new Headers(
    fields.map((field): [string, string] => [
      field.slice(0, field.indexOf(':')),
      field.slice(field.indexOf(':') + 1).trim(),
    ]),
  );
  return { status: Number(line.split(' ')[1]), headers, body: stdout.slice(end + 4) };
};

const send = (path: string, csr: string, token: string, ...flags: readonly string[]): Promise<CurlReply> => {
  count += 1;
  const file = join(backend.folder, `request-${count}`);
  const der = execFileSync('openssl', ['req', '-outform', 'DER'], { input: csr });
  writeFileSync(file, execFileSync('openssl', ['base64'], { input: der }));
  return curl(
    path,
    ...['-u', `site:${token}`, '-H', 'Content-Type: application/pkcs10'],
    ...['-H', 'Content-Transfer-Encoding: base64', '--data-binary', `@${file}`],
    ...flags,
  );
};

/** Reads a message of PKCS#7 with OpenSSL. */
const certificateIn = ({ body }: CurlReply): X509Certificate => {
  const der = execFileSync('openssl', ['base64', '-d'], { input: body });
  return new X509Certificate(
    execFileSync('openssl', ['pkcs7', '-inform', 'DER', '-print_certs'], { input: der }),
  );
};

const csrOf = (key: KeyObject, name: string): string => openSslRequest(key, `/CN=${name}`);
const messageOf = ({ status, body }: CurlReply): readonly [number, string] => [
  status,
  z.object({ message: z.string() }).parse(JSON.parse(body)).message,
];
const rootOf = async (): Promise<X509Certificate> =>
  new X509Certificate(z.string().parse((await backend.admin('GET', '/ca')).json['certificate']));
const statesOf = async (name: string): Promise<readonly string[]> =>
  Ledger.parse((await backend.admin('GET', `/kits?q=${name}`)).json)
    .kits.map(({ state }) => state)
    .sort();
const pendingOf = async (name: string): Promise<RequestView> => {
  const { requests } = Requests.parse((await backend.admin('GET', '/requests?state=pending')).json);
  return RequestView.parse(requests.find((request) => request.name === name));
};

describe('EST', () => {
  it('gives the root CA to anybody', async () => {
    const reply = await curl('cacerts');
    expect([
      reply.status,
      reply.headers.get('content-type'),
      reply.headers.get('content-transfer-encoding'),
    ]).toEqual([200, 'application/pkcs7-mime; smime-type=certs-only', 'base64']);
    expect(certificateIn(reply).raw).toEqual((await rootOf()).raw);
    expect(Math.max(...reply.body.split('\n').map((line) => line.length))).toBe(64);
  });

  it('asks for no attributes', async () => {
    expect((await curl('csrattrs')).status).toBe(404);
  });

  it('enrols a site with an enrolment token as the password', async () => {
    const key = newKey();
    const { token } = await newToken();
    const reply = await send('simpleenroll', csrOf(key, 'est-1'), token);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([
      200,
      'application/pkcs7-mime; smime-type=certs-only',
    ]);
    const certificate = certificateIn(reply);
    expect(certificate.checkIssued(await rootOf())).toBe(true);
    expect(certificate.publicKey.equals(createPublicKey(key))).toBe(true);
    expect(certificate.subject).toBe('CN=est-1\nO=hospital');
  });

  it.each(['PEM', 'DER'])('takes a request that is sent as %s too', async (form) => {
    const { token } = await newToken();
    const file = join(backend.folder, `request.${form}`);
    const input = csrOf(newKey(), `est-as-${form}`);
    writeFileSync(file, execFileSync('openssl', ['req', '-outform', form], { input }));
    const reply = await curl(
      'simpleenroll',
      ...['-u', `x:${token}`, '-H', 'Content-Type: application/pkcs10', '--data-binary', `@${file}`],
    );
    expect(reply.status).toBe(200);
  });

  it('lets a request wait, and gives its certificate when it is sent again', async () => {
    const { token } = await newToken({ approval: 'pending' });
    const csr = csrOf(newKey(), 'est-waits');
    const first = await send('simpleenroll', csr, token);
    expect([first.status, first.headers.get('retry-after')]).toEqual([202, '60']);
    expect((await send('simpleenroll', csr, token)).status).toBe(202);
    expect((await approve(await pendingOf('est-waits'))).status).toBe(200);
    const last = await send('simpleenroll', csr, token);
    expect([last.status, certificateIn(last).subject]).toEqual([200, 'CN=est-waits\nO=hospital']);
  });

  it.each(['simpleenroll', 'simplereenroll'])('asks for the token of %s', async (path) => {
    for (const token of ['', 'wrong', `nvfe_${'a'.repeat(16)}_${'b'.repeat(43)}`]) {
      const reply = await send(path, csrOf(newKey(), 'est-stranger'), token);
      expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([
        401,
        expect.stringMatching(/^Basic realm="/),
      ]);
    }
  });

  it('refuses what is no request, and other media', async () => {
    const { token } = await newToken();
    const flags = ['-u', `x:${token}`, '--data-binary', 'hello'];
    expect((await curl('simpleenroll', ...flags, '-H', 'Content-Type: application/pkcs10')).status).toBe(400);
    expect((await curl('simpleenroll', ...flags, '-H', 'Content-Type: text/plain')).status).toBe(415);
  });

  it('refuses an EC key with its reason', async () => {
    const { token } = await newToken();
    const words = ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const csr = execFileSync('openssl', [...words, '-keyout', '/dev/null', '-subj', '/CN=est-ec'], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    expect(messageOf(await send('simpleenroll', csr, token))).toEqual([400, expect.stringContaining('RSA')]);
  });
});

describe('EST renewal', () => {
  it('gives another certificate for the same key and supersedes the one before', async () => {
    const { token } = await newToken({ uses: 1 });
    const csr = csrOf(newKey(), 'est-renewed');
    const first = certificateIn(await send('simpleenroll', csr, token));
    const second = certificateIn(await send('simplereenroll', csr, token));
    expect(second.serialNumber).not.toBe(first.serialNumber);
    expect(second.publicKey.equals(first.publicKey)).toBe(true);
    expect(await statesOf('est-renewed')).toEqual(['in_force', 'superseded']);
  });

  it('gives the same one again within a day, and the next one after that', async () => {
    const { token } = await newToken();
    const csr = csrOf(newKey(), 'est-daily');
    await send('simpleenroll', csr, token);
    const second = certificateIn(await send('simplereenroll', csr, token));
    const again = certificateIn(await send('simplereenroll', csr, token));
    clock = new Date(Date.now() + 2 * DAY_MS);
    const third = certificateIn(await send('simplereenroll', csr, token));
    clock = new Date();
    expect(again.serialNumber).toBe(second.serialNumber);
    expect(third.serialNumber).not.toBe(second.serialNumber);
  });

  it('renews a site that a person enrolled', async () => {
    const key = newKey();
    const site = await newSite();
    const csr = csrOf(key, site.name);
    await approved(await submitted(orgAdmin, Buffer.from(csr).toString('base64')));
    const { token } = await newToken({ uses: 1 });
    expect((await send('simplereenroll', csr, token)).status).toBe(200);
    expect(await statesOf(site.name)).toEqual(['in_force', 'superseded']);
  });

  it.each([
    ['gives', 'the names of the certificate', 'DNS:est-names', 200],
    ['refuses', 'another name', 'DNS:fl.example.org', 400],
    ['refuses', 'a further name', 'DNS:est-names,DNS:fl.example.org', 400],
  ])('%s a certificate to a request that asks for %s', async (_does, _what, names, status) => {
    const { token } = await newToken();
    const key = newKey();
    const site = `est-names-${count}`;
    await send('simpleenroll', csrOf(key, site), token);
    const asked = ['-addext', `subjectAltName=${names.replaceAll('est-names', site)}`];
    const reply = await send('simplereenroll', openSslRequest(key, `/CN=${site}/O=hospital`, asked), token);
    expect(reply.status).toBe(status);
    expect(await statesOf(site)).toEqual(status === 200 ? ['in_force', 'superseded'] : ['in_force']);
  });

  it('waits for approval where the token says so', async () => {
    const { token } = await newToken();
    const csr = csrOf(newKey(), 'est-slow');
    const first = certificateIn(await send('simpleenroll', csr, token));
    const slow = await newToken({ approval: 'pending' });
    expect((await send('simplereenroll', csr, slow.token)).status).toBe(202);
    expect((await approve(await pendingOf('est-slow'))).status).toBe(200);
    const second = certificateIn(await send('simplereenroll', csr, slow.token));
    expect(second.serialNumber).not.toBe(first.serialNumber);
  });

  it('refuses a new key, a revoked one, another organization and a site that was denied', async () => {
    const { token } = await newToken();
    const csr = csrOf(newKey(), 'est-kept');
    const { serialNumber } = certificateIn(await send('simpleenroll', csr, token));
    const foreign = await newToken({ organization: 'other' });
    const replies = [
      await send('simplereenroll', csrOf(newKey(), 'est-kept'), token),
      await send('simplereenroll', csr, foreign.token),
    ];
    expect(replies.map(({ status }) => status)).toEqual([400, 409]);
    const { kits } = Ledger.parse((await backend.admin('GET', '/kits?q=est-kept')).json);
    expect(kits.map(({ serial }) => serial.toUpperCase().replace(/^0+/, ''))).toEqual([
      serialNumber.replace(/^0+/, ''),
    ]);
    const body = { serials: kits.map(({ serial }) => serial), reason: 'keyCompromise' };
    expect((await backend.admin('POST', '/certificates/revoke', body)).status).toBe(200);
    expect((await send('simplereenroll', csr, token)).status).toBe(403);
  });
});
