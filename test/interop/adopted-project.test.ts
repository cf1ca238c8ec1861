import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import { z } from 'zod';
import { startServer, type RunningServer } from '../../src/backend/start/start-backend.ts';
import { NVFLARE_RELEASES, prepareNvflare } from '../prepare/nvflare.js';
import { NvidiaDashboard } from './nvidia-dashboard.ts';

const RELEASES = ['2.9', '2.8', '2.7', '2.6', '2.5', '2.4', '2.3', '2.2'];
/** Which release its kits are for, and whether its tables and root certificate say so alone. */
const TARGETS: Readonly<Record<string, readonly [string, string]>> = {
  2.9: ['2.9', 'assumed'],
  2.8: ['2.9', 'assumed'],
  2.7: ['2.7', 'detected'],
  2.6: ['2.6', 'detected'],
  2.5: ['2.5', 'assumed'],
  // Their tables are those of 2.5.
  2.4: ['2.5', 'assumed'],
  2.3: ['2.5', 'assumed'],
  2.2: ['2.5', 'assumed'],
};
/** Frozen with an overseer and a second server. */
const HIGHLY_AVAILABLE = ['2.4', '2.3', '2.2'];
const MINUTE = 60_000;
const PIN = 'Kit4Adopted';
const PASSPHRASE = 'harbour lights';
const ADMIN = { email: 'admin@example.org', password: 'Amber-Lantern-3' };
const NEWCOMER = { email: 'new@example.org', password: 'Crimson-Orchard-41' };
const SETTINGS = {
  NVFL_CREDENTIAL: `${ADMIN.email}:${ADMIN.password}:Lab_1`,
  NVFL_DASHBOARD_PP: PASSPHRASE,
};
const SITE_ADMIN = { email: 'org@example.org', password: 'Violet-Harbour-19' };

const { environments } = await prepareNvflare(RELEASES);
const kept = Object.entries(environments);

const LogIn = z.object({ access_token: z.string() });
const Made = z.object({ id: z.number() });
const Clients = z.object({
  client_list: z.array(
    z.object({
      name: z.string(),
      approval_state: z.number(),
      capacity: z.object({ num_of_gpus: z.number(), mem_per_gpu_in_GiB: z.number() }),
    }),
  ),
});
const Project = z.object({
  project: z.object({ target_release: z.string(), target_release_origin: z.string() }),
});

type Ask = (method: string, path: string, body: object, token?: string) => Promise<Response>;

const logIn = async (ask: Ask, person: typeof ADMIN): Promise<string> =>
  LogIn.parse(await (await ask('POST', '/login', person)).json()).access_token;

/** Downloads a kit, unzips it and gives its certificate and root. */
const openKit = async (ask: Ask, folder: string, path: string, token: string) => {
  const zip = Buffer.from(await (await ask('POST', `${path}/blob`, { pin: PIN }, token)).arrayBuffer());
  const target = mkdtempSync(join(folder, 'kit-'));
  writeFileSync(join(target, 'kit.zip'), zip);
  execFileSync('unzip', ['-q', '-P', PIN, join(target, 'kit.zip'), '-d', target]);
  const names = readdirSync(target, { recursive: true, encoding: 'utf8' });
  const file = (ending: RegExp): string => join(target, names.find((name) => ending.test(name)) ?? '');
  return {
    certificate: file(/startup\/(client|server|overseer)\.crt$/),
    root: file(/startup\/rootCA\.pem$/),
  };
};

/** Makes a frozen project with an approved org admin and site, as people do in NVIDIA's dashboard. */
const makeProject = async (ask: Ask, highlyAvailable: boolean): Promise<{ readonly site: number }> => {
  const admin = await logIn(ask, ADMIN);
  const project = {
    ...{ short_name: 'adopted', title: 'Adopted', server1: 'localhost', public: true },
    ...(highlyAvailable ? { ha_mode: true, overseer: 'overseer', server2: 'second' } : {}),
  };
  await ask('PATCH', '/project', project, admin);
  await ask('PATCH', '/project', { ...project, frozen: true }, admin);
  const user = await ask('POST', '/users', {
    ...SITE_ADMIN,
    name: 'Org',
    organization: 'Hospital_1',
    role: 'org_admin',
  });
  const { id } = z.object({ user: Made }).parse(await user.json()).user;
  await ask('PATCH', `/users/${id}`, { approval_state: 100 }, admin);
  const client = await ask(
    'POST',
    '/clients',
    { name: 'site-1', organization: 'Hospital_1', capacity: { num_of_gpus: 1, mem_per_gpu_in_GiB: 1 } },
    await logIn(ask, SITE_ADMIN),
  );
  const site = z.object({ client: Made }).parse(await client.json()).client.id;
  await ask('PATCH', `/clients/${site}`, { approval_state: 100 }, admin);
  return { site };
};

test('the releases are at hand that CI asks for', () => {
  const wanted = RELEASES.filter((release) => NVFLARE_RELEASES.includes(release));
  expect(process.env['CI'] === 'true' && kept.length < wanted.length).toBe(false);
});

describe.each(kept)("a project of NVIDIA's dashboard %s", (release, venv) => {
  const folder = mkdtempSync(join(tmpdir(), 'interop-adopted-'));
  let site = 0;
  let theirs = { certificate: '', root: '' };
  let ours: RunningServer | undefined;

  const stop = async (): Promise<void> => {
    const running = ours;
    ours = undefined;
    await running?.close();
  };

  const start = async (passphrase: string | undefined): Promise<Ask> => {
    await stop();
    ours = await startServer(
      {
        webRoot: folder,
        host: '127.0.0.1',
        port: 0,
        database: { engine: 'sqlite', file: join(folder, 'db.sqlite') },
        credential: undefined,
        passphrase,
        secretKey: undefined,
        logLevel: 'silent',
        drainSeconds: 0,
        metrics: false,
      },
      pino({ level: 'silent' }),
      () => new Date(),
    );
    const { url } = ours;
    return async (method, path, body, token = '') => {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
      });
      return response;
    };
  };

  beforeAll(async () => {
    const dashboard = await NvidiaDashboard.start(venv, folder, SETTINGS);
    try {
      const ask: Ask = (...request) => dashboard.ask(...request);
      ({ site } = await makeProject(ask, HIGHLY_AVAILABLE.includes(release)));
      theirs = await openKit(ask, folder, `/clients/${site}`, await logIn(ask, SITE_ADMIN));
    } finally {
      await dashboard.stop();
    }
  }, 15 * MINUTE);

  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('goes on in this one: the same people, passwords, sites and root CA', async () => {
    const ask = await start(PASSPHRASE);
    const admin = await logIn(ask, ADMIN);
    const clients = Clients.parse(await (await ask('GET', '/clients', {}, admin)).json());
    expect(clients.client_list).toEqual([
      {
        name: 'site-1',
        approval_state: expect.any(Number),
        capacity: { num_of_gpus: 1, mem_per_gpu_in_GiB: 1 },
      },
    ]);
    const { project } = Project.parse(await (await ask('GET', '/project', {}, admin)).json());
    expect([project.target_release, project.target_release_origin]).toEqual(TARGETS[release]);
    expect(clients.client_list[0]?.approval_state).toBeGreaterThanOrEqual(100);
    const kit = await openKit(ask, folder, `/clients/${site}`, await logIn(ask, SITE_ADMIN));
    expect(readFileSync(kit.root, 'utf8').trim()).toBe(readFileSync(theirs.root, 'utf8').trim());
    for (const { certificate } of [kit, theirs]) {
      const checked = execFileSync('openssl', ['verify', '-CAfile', kit.root, certificate]);
      expect(checked.toString()).toContain('OK');
    }
    const [own, before] = [kit, theirs].map(
      ({ certificate }) => new X509Certificate(readFileSync(certificate)),
    );
    expect(own?.subject).toBe(before?.subject);
    expect(own?.serialNumber).not.toBe(before?.serialNumber);
  });

  test.each(HIGHLY_AVAILABLE.includes(release) ? ['/servers/1', '/servers/2', '/overseer'] : ['/servers/1'])(
    'gives the kit of %s from the same root CA',
    async (path) => {
      const ask = await start(PASSPHRASE);
      const kit = await openKit(ask, folder, path, await logIn(ask, ADMIN));
      expect(readFileSync(kit.root, 'utf8').trim()).toBe(readFileSync(theirs.root, 'utf8').trim());
      const checked = execFileSync('openssl', ['verify', '-CAfile', kit.root, kit.certificate]);
      expect(checked.toString()).toContain('OK');
    },
  );

  test(
    'goes back to the dashboard that made it, with new people, sites and kits',
    async () => {
      const ask = await start(PASSPHRASE);
      const admin = await logIn(ask, ADMIN);
      const person = { ...NEWCOMER, name: 'New', organization: 'Hospital_1', role: 'org_admin' };
      const created = z.object({ user: Made }).parse(await (await ask('POST', '/users', person)).json());
      const inbox = await (await ask('GET', '/inbox', {}, admin)).json();
      expect(inbox).toMatchObject({ users: [{ email: NEWCOMER.email }] });
      await ask('PATCH', `/users/${created.user.id}`, { approval_state: 100 }, admin);
      const added = await ask(
        'POST',
        '/clients',
        {
          name: 'site-2',
          organization: 'Hospital_1',
          capacity: { num_of_gpus: 4, mem_per_gpu_in_GiB: 16 },
        },
        await logIn(ask, NEWCOMER),
      );
      const { client } = z.object({ client: Made }).parse(await added.json());
      await ask('PATCH', `/clients/${client.id}`, { approval_state: 100 }, admin);
      await stop();
      const dashboard = await NvidiaDashboard.start(venv, folder, SETTINGS);
      try {
        const askTheirs: Ask = (...request) => dashboard.ask(...request);
        const list = await askTheirs('GET', '/clients', {}, await logIn(askTheirs, ADMIN));
        expect(Clients.parse(await list.json()).client_list.map(({ capacity }) => capacity)).toEqual([
          { num_of_gpus: 1, mem_per_gpu_in_GiB: 1 },
          { num_of_gpus: 4, mem_per_gpu_in_GiB: 16 },
        ]);
        const token = await logIn(askTheirs, NEWCOMER);
        const kit = await openKit(askTheirs, folder, `/clients/${client.id}`, token);
        expect(readFileSync(kit.root, 'utf8').trim()).toBe(readFileSync(theirs.root, 'utf8').trim());
      } finally {
        await dashboard.stop();
      }
    },
    8 * MINUTE,
  );

  test('runs sealed without its passphrase, and refuses to start with a wrong one', async () => {
    const ask = await start(undefined);
    const refused = await ask('POST', `/clients/${site}/blob`, { pin: PIN }, await logIn(ask, SITE_ADMIN));
    expect(refused.status).toBe(423);
    await expect(start('not it')).rejects.toMatchObject({ code: 'passphraseWrong' });
  });
});
