import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prepareNvflare } from '../prepare/nvflare.js';
import { Dashboard } from './dashboard.ts';
import { Federation } from './federation.ts';
import { keepStorageApart } from './job-storage.ts';
import { log } from './kit-logs.ts';
import { askOverseer, type OverseerState } from './overseer.ts';
import { freePort } from './ports.ts';
import { killAll } from './processes.ts';

const RELEASES = ['2.6'];
const JOB = resolve('test/fixtures/numpy-job');
const ADMIN = 'admin@example.org';
const MINUTE = 60_000;
/** Three names of this machine that resolve everywhere and that certificates can carry. */
const FIRST = 'localhost';
const SECOND = '127.0.0.1';
const OVERSEER = '127.0.0.2';
/** The second server's ports lie this much above the first one's. */
const OFFSET = 100;

const { environments, reason } = await prepareNvflare(RELEASES);

test('NVIDIA FLARE with an overseer is at hand', () => {
  expect(process.env['CI'] === 'true' ? reason : undefined).toBeUndefined();
});

describe.each(RELEASES.filter((release) => environments[release] !== undefined))('NVFLARE %s', (release) => {
  const folder = mkdtempSync(join(tmpdir(), `interop-ha-${release}-`));
  const job = join(folder, 'numpy-job');
  cpSync(JOB, job, { recursive: true });
  const federation = new Federation(environments[release] ?? '');
  const kits = { overseer: '', first: '', second: '', one: '', two: '', admin: '' };
  const places = { first: '', second: '' };
  let overseerPort = 0;

  const state = async (): Promise<OverseerState | undefined> =>
    askOverseer(kits.admin, OVERSEER, overseerPort, 'exam');

  beforeAll(async () => {
    const port = await freePort([1, OFFSET, OFFSET + 1]);
    overseerPort = await freePort();
    places.first = `${FIRST}:${port}:${port + 1}`;
    places.second = `${SECOND}:${port + OFFSET}:${port + OFFSET + 1}`;
    const dashboard = await Dashboard.start(join(folder, 'ours'), {
      target_release: release,
      ha_mode: true,
      server1: FIRST,
      server2: SECOND,
      overseer: OVERSEER,
      project_props: { overseer_port: overseerPort },
      server_props: { fed_learn_port: port, admin_port: port + 1 },
    });
    try {
      await dashboard.addUser('org@example.org', 'Hospital_1', 'org_admin');
      const one = await dashboard.addSite('site-1', 'org@example.org', 'Hospital_1');
      const two = await dashboard.addSite('site_2', 'org@example.org', 'Hospital_1');
      await dashboard.freeze();
      kits.overseer = await dashboard.kit('overseer', 'overseer');
      kits.first = await dashboard.kit('servers/1', 'first');
      kits.second = await dashboard.kit('servers/2', 'second');
      kits.one = await dashboard.kit(`clients/${one}`, 'site-1');
      kits.two = await dashboard.kit(`clients/${two}`, 'site_2');
      kits.admin = await dashboard.kit('users/1', 'admin');
    } finally {
      await dashboard.stop();
    }
    keepStorageApart(kits.first, join(folder, 'shared'));
    keepStorageApart(kits.second, join(folder, 'shared'));
  }, 15 * MINUTE);

  afterAll(async () => {
    await federation.clear(folder);
  }, 15 * MINUTE);

  test(
    'the first server to come online is in charge, the second stands by',
    async () => {
      federation.foreground(kits.overseer, 'start.sh');
      await federation.waitUntil('the overseer answers', 300, async () => (await state()) !== undefined);
      await federation.start(kits.first);
      await federation.waitUntil(
        'the first server is in charge',
        300,
        async () => (await state())?.primary === places.first,
      );
      await federation.start(kits.second);
      await federation.waitUntil(
        'the second server is online',
        300,
        async () => (await state())?.online.includes(places.second) ?? false,
      );
      expect((await state())?.primary).toBe(places.first);
    },
    20 * MINUTE,
  );

  test(
    'both sites register and a job runs to its end on the first server',
    async () => {
      await Promise.all([federation.start(kits.one), federation.start(kits.two)]);
      expect(await federation.console(kits.admin, ADMIN, 'sites', '2')).toEqual({
        sites: ['site-1', 'site_2'],
      });
      expect(await federation.run(kits.admin, ADMIN, job)).toEqual({
        status: 'FINISHED:COMPLETED',
      });
      expect(log(kits.second, 'log.txt')).not.toContain('site-1');
    },
    20 * MINUTE,
  );

  test(
    'when the first server dies the second takes over, and sites and console turn to it',
    async () => {
      killAll(kits.first);
      await federation.waitUntil(
        'the second server is in charge',
        300,
        async () => (await state())?.primary === places.second,
      );
      const [host, port] = places.second.split(':');
      const turned = `Got the new primary SP: grpc://${host}:${port}`;
      for (const site of [kits.one, kits.two]) {
        await federation.waitUntil(`the site turns to ${host}:${port}`, 300, () =>
          log(site, 'log.txt').includes(turned),
        );
      }
      // The console's session is with the second server now. The sites are connected to it, but not among its clients
      // before they start anew: NVFLARE keeps the token that the first server signed, and the second refuses it.
      expect(await federation.console(kits.admin, ADMIN, 'sites', '0')).toEqual({ sites: [] });
    },
    20 * MINUTE,
  );

  test(
    'a site that is started again registers with the second server, which runs jobs',
    async () => {
      const sites = [kits.one, kits.two];
      await Promise.all(sites.map((site) => federation.script(site, 'stop_fl.sh', '-y')));
      await Promise.all(sites.map((site) => federation.start(site)));
      expect(await federation.console(kits.admin, ADMIN, 'sites', '2')).toEqual({
        sites: ['site-1', 'site_2'],
      });
      expect(await federation.run(kits.admin, ADMIN, job)).toEqual({
        status: 'FINISHED:COMPLETED',
      });
    },
    20 * MINUTE,
  );
});
