import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prepareNvflare } from '../prepare/nvflare.js';
import { Dashboard, freePort } from './dashboard.ts';
import { Federation, keepStorageApart, log, processesOf } from './federation.ts';

const RELEASES = ['2.9', '2.8', '2.7', '2.6'];
const JOB = resolve('test/fixtures/numpy-job');
const LEAD = 'lead@example.org';
const MEMBER = 'member@example.org';
const MINUTE = 60_000;

const { environments, reason } = await prepareNvflare(RELEASES);

test('NVIDIA FLARE of every release is at hand', () => {
  expect(process.env['CI'] === 'true' ? reason : undefined).toBeUndefined();
});

describe.each(RELEASES.filter((release) => environments[release] !== undefined))('NVFLARE %s', (release) => {
  const folder = mkdtempSync(join(tmpdir(), `interop-${release}-`));
  const federation = new Federation(environments[release] ?? '');
  const kits = { server: '', one: '', two: '', admin: '', member: '', foreign: '' };

  const build = async (name: string, port: number): Promise<Dashboard> => {
    const dashboard = await Dashboard.start(join(folder, name), {
      target_release: release,
      server_props:
        release === '2.6' ? { fed_learn_port: port, admin_port: await freePort() } : { fed_learn_port: port },
    });
    return dashboard;
  };

  beforeAll(async () => {
    const port = await freePort();
    const dashboard = await build('ours', port);
    try {
      await dashboard.addUser('org@example.org', 'Hospital_1', 'org_admin');
      const lead = await dashboard.addUser(LEAD, 'Lab_1', 'lead');
      const member = await dashboard.addUser(MEMBER, 'Lab_1', 'member');
      const one = await dashboard.addSite('site-1', 'org@example.org', 'Hospital_1');
      const two = await dashboard.addSite('site_2', 'org@example.org', 'Hospital_1');
      await dashboard.freeze();
      kits.server = await dashboard.kit('servers/1', 'localhost');
      kits.one = await dashboard.kit(`clients/${one}`, 'site-1');
      kits.two = await dashboard.kit(`clients/${two}`, 'site_2');
      kits.admin = await dashboard.kit('users/1', 'admin');
      kits.member = await dashboard.kit(`users/${member}`, 'member');
      await dashboard.kit(`users/${lead}`, 'lead');
    } finally {
      await dashboard.stop();
    }
    keepStorageApart(kits.server);
    await federation.start(kits.server);
    await Promise.all([federation.start(kits.one), federation.start(kits.two)]);
  }, 2 * MINUTE);

  afterAll(async () => {
    await federation.stopAll();
    rmSync(folder, { recursive: true, force: true });
  }, MINUTE);

  test(
    'both sites register with the server',
    async () => {
      const answer = await federation.console(kits.admin, 'admin@example.org', 'sites', '2');
      expect(answer).toEqual({ sites: ['site-1', 'site_2'] });
    },
    3 * MINUTE,
  );

  test(
    'a job runs to its end',
    async () => {
      const answer = await federation.console(kits.admin, 'admin@example.org', 'run', JOB);
      expect(answer).toEqual({ status: 'FINISHED:COMPLETED' });
    },
    3 * MINUTE,
  );

  test(
    'a member may not submit jobs',
    async () => {
      const answer = await federation.console(kits.member, MEMBER, 'run', JOB);
      expect(answer.error).toMatch(/authoriz/i);
    },
    3 * MINUTE,
  );

  test(
    'the console shuts everything down',
    async () => {
      const answer = await federation.console(kits.admin, 'admin@example.org', 'shutdown');
      expect(answer).toEqual({ done: true });
      expect(await federation.until(60, () => processesOf(folder).length === 0)).toBe(true);
    },
    5 * MINUTE,
  );

  test(
    'a second start leaves the first one alone, and stop_fl.sh ends what start.sh began',
    async () => {
      await federation.start(kits.two);
      expect(await federation.until(30, () => processesOf(kits.two).length > 0)).toBe(true);
      expect(await federation.script(kits.two, 'start.sh')).toContain('already running');
      expect(await federation.script(kits.two, 'stop_fl.sh', '-y')).toContain('stopped');
      expect(processesOf(kits.two)).toEqual([]);
    },
    MINUTE,
  );

  test(
    'a changed signed file keeps the program from starting, and verify.sh names it',
    async () => {
      appendFileSync(join(kits.two, 'startup/fed_client.json'), ' ');
      await expect(federation.script(kits.two, 'verify.sh')).rejects.toMatchObject({
        stdout: expect.stringContaining('changed: fed_client.json'),
      });
      await federation.start(kits.two);
      const noticed = await federation.until(60, () =>
        log(kits.two, 'console.log').includes('fed_client.json'),
      );
      await federation.script(kits.two, 'stop_fl.sh', '-y');
      expect(noticed).toBe(true);
    },
    2 * MINUTE,
  );
});
