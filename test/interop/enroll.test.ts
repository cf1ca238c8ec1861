import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { request as askHttp } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { RequestView } from '../../src/contract/api/requests.ts';
import { startBackend, type Backend } from '../api/backend.ts';
import { prepareNvflare } from '../prepare/nvflare.js';
import { newKey } from '../support/certificate-request.ts';
import { selfSigned } from '../support/self-signed.ts';
import { until } from '../support/until.ts';

const { environments } = await prepareNvflare(['2.9']);
const python = join(environments['2.9'] ?? '', 'bin', 'python');
const NewToken = z.object({ token: z.string() });
const Planned = z.object({ plan: z.object({ version: z.string() }) });
const Requests = z.object({ requests: z.array(RequestView) });

const runFile = promisify(execFile);

let backend: Backend;
let names = 0;

beforeAll(async () => {
  backend = await startBackend();
  await backend.admin('PATCH', '/project', {
    short_name: 'demo',
    server1: 'fl.example.org',
    key_bits: 2048,
    frozen: true,
  });
  const script = await backend.stranger('GET', '/enroll.py');
  writeFileSync(join(backend.folder, 'enroll.py'), script.bytes);
}, 300_000);
afterAll(() => backend.close());

const newToken = async (more: object = {}): Promise<string> => {
  names += 1;
  const body = { name: `token ${names}`, organization: 'clinic', name_pattern: 'ward-*', uses: 9, ...more };
  const response = await backend.admin('POST', '/enrolment-tokens', { approval: 'at_once', ...body });
  return NewToken.parse(response.json).token;
};

interface Run {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly url?: string;
}

const newFolder = (): string => mkdtempSync(join(backend.folder, 'enroll-'));

/** Runs the script in a folder of its own; not synchronous, since the backend runs in this process. */
const enroll = (
  words: readonly string[],
  { input = '', env = {}, folder = newFolder(), url = backend.url }: Run = {},
): Promise<{ code: number | string; stdout: string; stderr: string; folder: string; left: string[] }> =>
  new Promise((resolve) => {
    const child = execFile(
      python,
      [join(backend.folder, 'enroll.py'), '--url', url, '--interval', '0.2', ...words],
      { cwd: folder, env: { PATH: process.env['PATH'], ...env } },
      (error, stdout, stderr) => {
        const left = readdirSync(folder).sort();
        resolve({ code: error?.code ?? 0, stdout, stderr, folder, left });
      },
    );
    child.stdin?.end(input);
  });

const waiting = (name: string): Promise<RequestView> =>
  until(async () =>
    Requests.parse((await backend.admin('GET', '/requests?state=pending')).json).requests.find(
      (request) => request.name === name,
    ),
  );

describe('enroll.py', () => {
  test.each([
    ['standard input', (token: string) => [['--token-file', '-'], { input: `${token}\n` }] as const],
    ['the environment', (token: string) => [[], { env: { NVFL_ENROLL_TOKEN: token } }] as const],
    ['an argument, with a warning', (token: string) => [['--token', token], {}] as const],
  ])('takes the token from %s', async (_where, given) => {
    const token = await newToken();
    const name = `ward-token-${names}`;
    const [words, run] = given(token);
    const { code, stdout, stderr, left, folder } = await enroll(['--name', name, ...words], run);
    expect([code, left]).toEqual([0, [name]]);
    expect(stderr).toBe(
      words[0] === '--token'
        ? 'enroll: --token shows the token to everybody on this machine; better use --token-file\n'
        : '',
    );
    expect(stdout).not.toContain(token);
    const pem = readFileSync(join(folder, name, 'startup', 'client.crt'), 'utf8');
    expect(new X509Certificate(pem).subject).toBe(`CN=${name}\nO=clinic`);
  });

  test('waits for approval and then writes the kit', async () => {
    const token = await newToken({ approval: 'pending' });
    const run = enroll(['--name', 'ward-waits', '--token-file', '-'], { input: token });
    const { id, version } = await waiting('ward-waits');
    expect((await backend.admin('POST', `/requests/${id}/approve`, { version })).status).toBe(200);
    const { code, left } = await run;
    expect([code, left]).toEqual([0, ['ward-waits']]);
  });

  test('goes on with the same key and request after it was interrupted', async () => {
    const token = await newToken({ approval: 'pending' });
    const words = ['--name', 'ward-again', '--token-file', '-'];
    const first = await enroll([...words, '--wait', '0'], { input: token });
    expect([first.code, first.left]).toEqual([3, ['.enroll-ward-again']]);
    const { id, version, public_key_sha256: key } = await waiting('ward-again');
    expect(first.stdout).toContain(key);
    await backend.admin('POST', `/requests/${id}/approve`, { version });
    const second = await enroll(words, { input: token, folder: first.folder });
    expect([second.code, second.left]).toEqual([0, ['ward-again']]);
    expect(second.stdout).toContain(key);
  });

  test('says why the project admin rejected the request', async () => {
    const token = await newToken({ approval: 'pending' });
    const run = enroll(['--name', 'ward-rejected', '--token-file', '-'], { input: token });
    const { id, version } = await waiting('ward-rejected');
    await backend.admin('POST', `/requests/${id}/reject`, { version, reason: 'unknown machine' });
    const { code, stderr, left } = await run;
    expect([code, left]).toEqual([1, ['.enroll-ward-rejected']]);
    expect(stderr).toContain('rejected the request: unknown machine');
  });

  test.each([
    ['without a token', ['--name', 'ward-1'], '', 'there is no token'],
    [
      'with a token of another kind',
      ['--name', 'ward-1', '--token-file', '-'],
      'nvfl_x',
      'no enrolment token',
    ],
    [
      'with a wrong token',
      ['--name', 'ward-1', '--token-file', '-'],
      `nvfe_${'a'.repeat(16)}_${'b'.repeat(43)}`,
      'The enrolment token is wrong',
    ],
    ['with a name that is none', ['--name', '../ward'], '', 'letters, digits, hyphens'],
    [
      'with another root CA',
      ['--name', 'ward-root', '--token-file', '-', '--root-fingerprint', 'ab'.repeat(32)],
      'TOKEN',
      'root CA has another fingerprint',
    ],
    ['for a name that the token is not for', ['--name', 'icu-1', '--token-file', '-'], 'TOKEN', 'ward-*'],
  ])('writes no kit %s', async (_what, words, input, message) => {
    const given = input === 'TOKEN' ? await newToken() : input;
    const { code, stderr, left } = await enroll(words, { input: given });
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(left.filter((name) => !name.startsWith('.enroll-'))).toEqual([]);
  });

  test('does not touch what exists already', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'ward-there'), 'mine');
    const { code, stderr, left } = await enroll(['--name', 'ward-there', '--token-file', '-'], {
      input: await newToken(),
      folder,
    });
    expect([code, stderr, left]).toEqual([1, expect.stringContaining('exists already'), ['ward-there']]);
  });

  test('sends no token without encryption', async () => {
    const url = 'http://dashboard.example.org';
    const { code, stderr } = await enroll(['--name', 'ward-1', '--token-file', '-'], {
      input: await newToken(),
      url,
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining('use an https address')]);
  });
});

describe('enroll.py --renew', () => {
  const certificateOf = (kit: string): X509Certificate =>
    new X509Certificate(readFileSync(join(kit, 'startup', 'client.crt')));

  test('puts another certificate of the same key in place, and keeps what the site has changed', async () => {
    const token = await newToken({ uses: 1 });
    const { folder } = await enroll(['--name', 'ward-old', '--token-file', '-'], { input: token });
    const kit = join(folder, 'ward-old');
    const before = certificateOf(kit);
    const key = readFileSync(join(kit, 'startup', 'client.key'), 'utf8');
    writeFileSync(join(kit, 'local', 'resources.json'), '{}');
    const { code, stderr, left } = await enroll(['--renew', 'ward-old', '--token-file', '-'], {
      input: token,
      folder,
    });
    expect([code, stderr, left]).toEqual([0, '', ['ward-old']]);
    const after = certificateOf(kit);
    expect(after.serialNumber).not.toBe(before.serialNumber);
    expect(after.publicKey.equals(before.publicKey)).toBe(true);
    expect(readFileSync(join(kit, 'startup', 'client.key'), 'utf8')).toBe(key);
    expect(readFileSync(join(kit, 'local', 'resources.json'), 'utf8')).toBe('{}');
    expect(readdirSync(kit).filter((name) => name.startsWith('.'))).toEqual([]);
    const verify = await runFile(join(kit, 'startup', 'verify.sh'), [], {
      env: { PATH: `${dirname(python)}:${process.env['PATH'] ?? ''}` },
    });
    expect(verify.stdout).toContain('files are as they were signed');
  });

  test('continues after it was interrupted between the two names of the folder', async () => {
    const token = await newToken();
    const { folder } = await enroll(['--name', 'ward-cut', '--token-file', '-'], { input: token });
    const kit = join(folder, 'ward-cut');
    const { serialNumber } = certificateOf(kit);
    renameSync(join(kit, 'startup'), join(kit, '.startup-before'));
    const { code } = await enroll(['--renew', kit, '--token-file', '-'], { input: token, folder });
    expect([code, certificateOf(kit).serialNumber]).toEqual([0, expect.not.stringMatching(serialNumber)]);
  });

  test('changes nothing where the key is another, or the token is for others', async () => {
    const token = await newToken();
    const { folder } = await enroll(['--name', 'ward-kept', '--token-file', '-'], { input: token });
    const kit = join(folder, 'ward-kept');
    const { serialNumber } = certificateOf(kit);
    const words = ['--renew', kit, '--token-file', '-'];
    const foreign = await enroll(words, { input: await newToken({ organization: 'other' }), folder });
    expect([foreign.code, foreign.stderr]).toEqual([1, expect.stringContaining('that of another site')]);
    const other = newKey().export({ type: 'pkcs1', format: 'pem' });
    writeFileSync(join(kit, 'startup', 'client.key'), other);
    const misplaced = await enroll(words, { input: token, folder });
    expect([misplaced.code, misplaced.stderr]).toEqual([1, expect.stringContaining('does not belong')]);
    expect(certificateOf(kit).serialNumber).toBe(serialNumber);
  });

  test('takes over the renewed root CA, and refuses one with another key', async () => {
    const token = await newToken();
    const { folder } = await enroll(['--name', 'ward-rooted', '--token-file', '-'], { input: token });
    const kit = join(folder, 'ward-rooted');
    const rootFile = join(kit, 'startup', 'rootCA.pem');
    const former = readFileSync(rootFile, 'utf8');
    const { json } = await backend.admin('POST', '/ca/renewal/plan', {});
    const { version } = Planned.parse(json).plan;
    expect((await backend.admin('POST', '/ca/renewal', { version })).status).toBe(200);
    const words = ['--renew', kit, '--token-file', '-'];
    writeFileSync(rootFile, selfSigned('DNS:localhost').cert);
    const foreign = await enroll(words, { input: token, folder });
    expect([foreign.code, foreign.stderr]).toEqual([1, expect.stringContaining('another fingerprint')]);
    writeFileSync(rootFile, former);
    expect((await enroll(words, { input: token, folder })).code).toBe(0);
    expect(readFileSync(rootFile, 'utf8')).toBe((await backend.admin('GET', '/ca')).json['certificate']);
  });

  test('refuses a folder that is no kit', async () => {
    const { code, stderr } = await enroll(['--renew', '.', '--token-file', '-'], { input: await newToken() });
    expect([code, stderr]).toEqual([1, expect.stringContaining('no startup kit of a site')]);
  });
});

describe('enroll.py over TLS', () => {
  const pair = selfSigned('DNS:localhost');
  const proxy = createServer({ key: pair.key, cert: pair.cert }, (incoming, outgoing) => {
    const { method, headers, url = '' } = incoming;
    const forwarded = askHttp(`${backend.url}${url}`, { method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
  let url = '';
  let caFile = '';

  beforeAll(async () => {
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = z
      .object({ port: z.number() })
      .parse(proxy.address() satisfies AddressInfo | string | null);
    url = `https://localhost:${address.port}`;
    caFile = join(backend.folder, 'ca.pem');
    writeFileSync(caFile, pair.cert);
  });
  afterAll(() => {
    proxy.closeAllConnections();
    proxy.close();
  });

  const fingerprint = (): string => new X509Certificate(pair.cert).fingerprint256;

  test.each([
    ['its CA', () => ['--ca-file', caFile]],
    ['its fingerprint', () => ['--fingerprint', `SHA256:${fingerprint()}`]],
  ])('trusts the dashboard by %s', async (_what, words) => {
    const token = await newToken();
    const name = `ward-tls-${names}`;
    const { code, stderr, left } = await enroll(['--name', name, '--token-file', '-', ...words()], {
      input: token,
      url,
    });
    expect([code, stderr, left]).toEqual([0, '', [name]]);
  });

  test.each([
    ['a certificate that nobody vouches for', (): string[] => [], 'is not trusted'],
    ['another fingerprint', () => ['--fingerprint', 'ab'.repeat(32)], 'has another fingerprint'],
  ])('sends no token to %s', async (_what, words, message) => {
    const token = await newToken();
    const { code, stderr, folder } = await enroll(
      ['--name', 'ward-untrusted', '--token-file', '-', ...words()],
      { input: token, url },
    );
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(existsSync(join(folder, 'ward-untrusted'))).toBe(false);
  });
});
