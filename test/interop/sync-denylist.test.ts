import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Ask, type Backend } from '../api/backend.ts';
import { prepareNvflare } from '../prepare/nvflare.js';

const MINUTE = 60_000;
const PIN = 'abcd1234';
const PASSPHRASE = 'a long passphrase';
const Site = z.object({ client: z.object({ id: z.number() }) });
const Issued = z.object({ token: z.string() });
const Failed = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });
const { environments } = await prepareNvflare(['2.9']);
const run = promisify(execFile);

const folder = mkdtempSync(join(tmpdir(), 'denylist-'));
const workspace = join(folder, 'server');
const list = join(workspace, 'disabled_clients.json');
const tokenFile = join(folder, 'token');
const proxies: Server[] = [];

let backend: Backend;
let orgAdmin: Ask & { id: number };
let site = 0;

const script = async (...args: readonly string[]) => {
  const PATH = `${join(environments['2.9'] ?? '', 'bin')}:${process.env['PATH'] ?? ''}`;
  const file = join(workspace, 'startup', 'sync-denylist.sh');
  return run(file, args, { env: { ...process.env, PATH } }).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: unknown) => {
      const { code, stdout, stderr } = Failed.parse(error);
      return { code, text: stdout + stderr };
    },
  );
};

const download = async (ask: Ask, of: string): Promise<Awaited<ReturnType<Ask>>> => {
  const response = await ask('POST', `/${of}/blob`, { pin: PIN, encryption: 'zipcrypto' });
  expect([of, response.status]).toEqual([of, 200]);
  return response;
};

const revoke = async (): Promise<void> => {
  const response = await download(orgAdmin, `clients/${site}`);
  const serials = [response.headers.get('x-kit-serial')];
  await backend.admin('POST', '/certificates/revoke', {
    serials,
    reason: 'keyCompromise',
    all_of_holder: true,
  });
};

/** Somebody between dashboard and server who changes what a path gives. @returns the address */
const tampering = async (path: string, change: (body: Buffer) => Buffer): Promise<string> => {
  const proxy = createServer((request, response) => {
    const headers = { authorization: request.headers.authorization ?? '' };
    void fetch(`${backend.url}${request.url ?? ''}`, { headers }).then(async (found) => {
      const body = Buffer.from(await found.arrayBuffer());
      for (const name of ['x-signed-at', 'x-signature']) {
        response.setHeader(name, found.headers.get(name) ?? '');
      }
      response.end(request.url?.endsWith(path) === true ? change(body) : body);
    });
  }).listen(0, '127.0.0.1');
  proxies.push(proxy);
  await once(proxy, 'listening');
  const { port } = z.object({ port: z.number() }).parse(proxy.address());
  return `http://127.0.0.1:${port}`;
};

beforeAll(async () => {
  backend = await startBackend({ passphrase: PASSPHRASE });
  orgAdmin = await backend.user('orgadmin@example.org', 'org_admin', 'hospital', 100);
  const project = { short_name: 'demo', server1: 'fl.example.org', key_bits: 2048, target_release: '2.9' };
  await backend.admin('PATCH', '/project', { ...project, frozen: true });
  site = Site.parse((await orgAdmin('POST', '/clients', { name: 'site-1' })).json).client.id;
  await backend.admin('PATCH', `/clients/${site}`, { approval_state: 100 });
  mkdirSync(workspace);
  writeFileSync(join(folder, 'kit.zip'), (await download(backend.admin, 'servers/1')).bytes);
  execFileSync('unzip', ['-qq', '-P', PIN, join(folder, 'kit.zip'), '-d', workspace]);
  const { json } = await backend.admin('POST', '/tokens', { name: 'denylist', scopes: ['read'] });
  writeFileSync(tokenFile, `${Issued.parse(json).token}\n`);
}, 5 * MINUTE);
afterAll(async () => {
  for (const proxy of proxies) {
    proxy.close();
  }
  await backend.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('sync-denylist.sh of a server kit', () => {
  it('writes an empty list while nobody is revoked', async () => {
    expect(await script(backend.url, tokenFile)).toEqual({ code: 0, text: 'disabled: nobody\n' });
    expect(JSON.parse(readFileSync(list, 'utf8'))).toEqual({ disabled_clients: [] });
  });

  it('takes over a revoked site and says how to lock it out of a running server', async () => {
    await revoke();
    const { code, text } = await script(backend.url, tokenFile);
    expect([code, text]).toEqual([0, 'disabled: site-1\nnvflare system disable-client site-1 --force\n']);
    expect(JSON.parse(readFileSync(list, 'utf8'))).toEqual({ disabled_clients: ['site-1'] });
    const root = join(workspace, 'startup', 'rootCA.pem');
    const crl = ['crl', '-in', join(workspace, 'crl.pem'), '-CAfile', root, '-verify', '-noout'];
    execFileSync('openssl', crl, { stdio: 'pipe' });
    expect((await script(backend.url, tokenFile)).text).toBe('disabled: site-1\n');
  });

  it.each([
    [
      'list of sites',
      'disabled_clients.json',
      () => Buffer.from('{"disabled_clients":[]}'),
      'The list was not',
    ],
    ['revocation list', 'crl.pem', () => Buffer.from('nothing'), 'The revocation list was not'],
  ])('refuses a %s that was changed on the way, and changes nothing', async (_what, path, change, reason) => {
    const { code, text } = await script(await tampering(path, change), tokenFile);
    expect([code, text]).toEqual([1, expect.stringContaining(reason)]);
    expect(JSON.parse(readFileSync(list, 'utf8'))).toEqual({ disabled_clients: ['site-1'] });
  });

  it('changes nothing without a valid token, and sends none over HTTP to another host', async () => {
    const wrong = join(folder, 'wrong');
    writeFileSync(wrong, 'nonsense');
    const refused = await script(backend.url, wrong);
    expect([refused.code, refused.text]).toEqual([1, expect.stringContaining('401')]);
    const clear = await script('http://dashboard.example.org', tokenFile);
    expect([clear.code, clear.text]).toEqual([1, expect.stringContaining('over HTTPS only')]);
    expect(JSON.parse(readFileSync(list, 'utf8'))).toEqual({ disabled_clients: ['site-1'] });
  });

  it('lets a site in again that has a new kit', async () => {
    await backend.admin('PATCH', `/clients/${site}`, { approval_state: 100 });
    await download(orgAdmin, `clients/${site}`);
    expect((await script(backend.url, tokenFile)).text).toBe(
      'disabled: nobody\nnvflare system enable-client site-1\n',
    );
  });

  it('refuses an unsigned list while the root CA is sealed', async () => {
    backend = await backend.restart();
    const { code, text } = await script(backend.url, tokenFile);
    expect([code, text]).toEqual([1, expect.stringContaining('the root CA is sealed')]);
  });

  it('writes units that systemd accepts', async () => {
    const units = join(folder, 'units');
    mkdirSync(units);
    const written = await script('--units', units, 'https://dashboard.example.org/a%20b', tokenFile);
    expect(written.code).toBe(0);
    const files = ['sync-denylist.service', 'sync-denylist.timer'].map((name) => join(units, name));
    expect(files.every((file) => existsSync(file))).toBe(true);
    execFileSync('systemd-analyze', ['verify', ...files], { stdio: 'pipe' });
    expect(readFileSync(files[0] ?? '', 'utf8')).toContain('a%%20b');
  });

  it('says how it is used', async () => {
    expect((await script('https://dashboard.example.org')).code).toBe(2);
  });
});
