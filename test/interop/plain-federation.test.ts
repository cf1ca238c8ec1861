import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prepareNvflare } from '../prepare/nvflare.js';
import { Dashboard } from './dashboard.ts';
import { Federation } from './federation.ts';
import { keepStorageApart } from './job-storage.ts';
import { log } from './kit-logs.ts';
import { freePort } from './ports.ts';
import { processesOf } from './processes.ts';

const RELEASES = ['2.9', '2.8', '2.7', '2.6', '2.5'];
const JOB = resolve('test/fixtures/numpy-job');
const MEMBER = 'member@example.org';
const MINUTE = 60_000;

const { environments, reason } = await prepareNvflare(RELEASES);

test('NVIDIA FLARE of every release is at hand', () => {
  expect(process.env['CI'] === 'true' ? reason : undefined).toBeUndefined();
});

describe.each(RELEASES.filter((release) => environments[release] !== undefined))('NVFLARE %s', (release) => {
  const folder = mkdtempSync(join(tmpdir(), `interop-${release}-`));
  // A console signs the job where it lies.
  const job = join(folder, 'numpy-job');
  cpSync(JOB, job, { recursive: true });
  const federation = new Federation(environments[release] ?? '');
  const kits = { server: '', one: '', two: '', admin: '', member: '', foreign: '' };

  const build = async (name: string, port: number): Promise<Dashboard> => {
    const dashboard = await Dashboard.start(join(folder, name), {
      target_release: release,
      server_props: ['2.6', '2.5'].includes(release)
        ? { fed_learn_port: port, admin_port: await freePort() }
        : { fed_learn_port: port },
    });
    return dashboard;
  };

  const foreignKit = async (port: number): Promise<string> => {
    const dashboard = await build('theirs', port);
    try {
      await dashboard.addUser('org@example.org', 'Hospital_1', 'org_admin');
      const site = await dashboard.addSite('stranger', 'org@example.org', 'Hospital_1');
      await dashboard.freeze();
      return await dashboard.kit(`clients/${site}`, 'stranger');
    } finally {
      await dashboard.stop();
    }
  };

  beforeAll(async () => {
    const port = await freePort();
    kits.foreign = await foreignKit(port);
    const dashboard = await build('ours', port);
    try {
      await dashboard.addUser('org@example.org', 'Hospital_1', 'org_admin');
      const member = await dashboard.addUser(MEMBER, 'Lab_1', 'member');
      const one = await dashboard.addSite('site-1', 'org@example.org', 'Hospital_1');
      const two = await dashboard.addSite('site_2', 'org@example.org', 'Hospital_1');
      await dashboard.freeze();
      kits.server = await dashboard.kit('servers/1', 'localhost');
      kits.one = await dashboard.kit(`clients/${one}`, 'site-1');
      kits.two = await dashboard.kit(`clients/${two}`, 'site_2');
      kits.admin = await dashboard.kit('users/1', 'admin');
      kits.member = await dashboard.kit(`users/${member}`, 'member');
    } finally {
      await dashboard.stop();
    }
    keepStorageApart(kits.server);
    await federation.start(kits.server);
    await Promise.all([federation.start(kits.one), federation.start(kits.two)]);
  }, 4 * MINUTE);

  afterAll(async () => {
    await federation.stopAll(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }, 4 * MINUTE);

  test(
    'both sites register with the server',
    async () => {
      const answer = await federation.console(kits.admin, 'admin@example.org', 'sites', '2');
      expect(answer).toEqual({ sites: ['site-1', 'site_2'] });
    },
    4 * MINUTE,
  );

  test(
    'a job runs to its end',
    async () => {
      const answer = await federation.console(kits.admin, 'admin@example.org', 'run', job);
      expect(answer).toEqual({ status: 'FINISHED:COMPLETED' });
    },
    3 * MINUTE,
  );

  test(
    'a member may not submit jobs',
    async () => {
      const answer = await federation.console(kits.member, MEMBER, 'run', job);
      expect(answer.error).toMatch(/authoriz/i);
    },
    3 * MINUTE,
  );

  test(
    'a kit of another certificate authority is refused',
    async () => {
      await federation.start(kits.foreign);
      await federation.waitUntil('the connection is refused', 90, () =>
        /CERTIFICATE_VERIFY_FAILED|handshake failed/i.test(
          log(kits.foreign, 'log.txt') + log(kits.foreign, 'console.log') + log(kits.server, 'console.log'),
        ),
      );
      const answer = await federation.console(kits.admin, 'admin@example.org', 'sites', '2');
      await federation.script(kits.foreign, 'stop_fl.sh', '-y');
      expect(answer).toEqual({ sites: ['site-1', 'site_2'] });
    },
    4 * MINUTE,
  );

  test(
    'the console shuts everything down',
    async () => {
      const answer = await federation.console(kits.admin, 'admin@example.org', 'shutdown');
      expect(answer).toEqual({ done: true });
      await federation.waitUntil('no process is left', 120, () => processesOf(folder).length === 0);
    },
    6 * MINUTE,
  );

  test(
    'a second start leaves the first one alone, and stop_fl.sh ends what start.sh began',
    async () => {
      await federation.start(kits.two);
      await federation.waitUntil('the site runs', 60, () => processesOf(kits.two).length > 0);
      expect(await federation.script(kits.two, 'start.sh')).toContain('already running');
      expect(await federation.script(kits.two, 'stop_fl.sh', '-y')).toContain('stopped');
      expect(processesOf(kits.two)).toEqual([]);
    },
    3 * MINUTE,
  );

  test(
    'a changed signed file keeps the program from starting, and verify.sh names it',
    async () => {
      appendFileSync(join(kits.two, 'startup/fed_client.json'), ' ');
      await expect(federation.script(kits.two, 'verify.sh')).rejects.toMatchObject({
        stdout: expect.stringContaining('changed: fed_client.json'),
      });
      await federation.start(kits.two);
      await federation.waitUntil('the program names the file', 120, () =>
        log(kits.two, 'console.log').includes('fed_client.json'),
      );
      await federation.script(kits.two, 'stop_fl.sh', '-y');
    },
    4 * MINUTE,
  );
});
