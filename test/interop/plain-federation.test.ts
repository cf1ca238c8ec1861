import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prepareNvflare } from '../prepare/nvflare.js';
import { Dashboard } from './dashboard.ts';
import { Federation } from './federation.ts';
import { keepStorageApart } from './job-storage.ts';
import { log } from './kit-logs.ts';
import { greeting } from './greeting.ts';
import { freePort } from './ports.ts';
import { processesOf } from './processes.ts';

const RELEASES = ['2.9', '2.8', '2.7', '2.6', '2.5'];
const JOB = resolve('test/fixtures/numpy-job');
const ADMIN = 'admin@example.org';
const MEMBER = 'member@example.org';
const MINUTE = 60_000;
/** Messages of servers when site-1's certificate comes with the name site-9: 2.9, then 2.6 to 2.8, then 2.5. */
const WRONG_NAME =
  /requires identity 'site-9'|failed to verify client identity: CNMismatch|CN site-1 does not match/;

const changeFile = (file: string, from: string, to: string): void => {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) {
    throw new Error(`${file} does not hold ${from}`);
  }
  writeFileSync(file, text.replaceAll(from, to));
};

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
  const kits = { server: '', one: '', two: '', admin: '', member: '', foreign: '', misnamed: '' };
  let port = 0;

  const build = async (name: string, port: number): Promise<Dashboard> => {
    const dashboard = await Dashboard.start(join(folder, name), {
      target_release: release,
      server_props: ['2.6', '2.5'].includes(release)
        ? { fed_learn_port: port, admin_port: port + 1 }
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
    port = await freePort([1]);
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
    kits.misnamed = join(folder, 'misnamed');
    cpSync(kits.one, kits.misnamed, { recursive: true });
    changeFile(join(kits.misnamed, 'startup/sub_start.sh'), 'uid=site-1', 'uid=site-9');
    keepStorageApart(kits.server);
    await federation.start(kits.server);
    await Promise.all([federation.start(kits.one), federation.start(kits.two)]);
  }, 15 * MINUTE);

  afterAll(async () => {
    await federation.clear(folder);
  }, 15 * MINUTE);

  test(
    'both sites register with the server',
    async () => {
      const response = await federation.console(kits.admin, ADMIN, 'sites', '2');
      expect(response).toEqual({ sites: ['site-1', 'site_2'] });
    },
    15 * MINUTE,
  );

  test(
    'a job runs to its end',
    async () => {
      const response = await federation.run(kits.admin, ADMIN, job);
      expect(response).toEqual({ status: 'FINISHED:COMPLETED' });
    },
    10 * MINUTE,
  );

  test(
    'a member may not submit jobs',
    async () => {
      const response = await federation.run(kits.member, MEMBER, job);
      expect(response.error).toMatch(/authoriz/i);
    },
    10 * MINUTE,
  );

  test(
    'the server takes no connection without a certificate of its own authority',
    async () => {
      const own = { rootOf: kits.server, clientOf: kits.one };
      expect(await greeting(port, own)).toBe('greeted');
      expect(await greeting(port, { ...own, clientOf: kits.foreign })).toContain('refused');
      expect(await greeting(port, { ...own, clientOf: undefined })).toContain('refused');
    },
    15 * MINUTE,
  );

  test(
    'neither a kit of another certificate authority nor one under another name gets among the sites',
    async () => {
      await Promise.all([federation.start(kits.foreign), federation.start(kits.misnamed)]);
      try {
        await federation.waitUntil('the stranger fails to connect', 300, () =>
          /CERTIFICATE_VERIFY_FAILED|handshake failed/i.test(
            log(kits.foreign, 'log.txt') + log(kits.foreign, 'console.log'),
          ),
        );
        await federation.waitUntil('the server refuses the name', 300, () =>
          WRONG_NAME.test(log(kits.server, 'log.txt')),
        );
        expect(await federation.console(kits.admin, ADMIN, 'sites', '2')).toEqual({
          sites: ['site-1', 'site_2'],
        });
      } finally {
        await federation.script(kits.foreign, 'stop_fl.sh', '-y');
        await federation.script(kits.misnamed, 'stop_fl.sh', '-y');
      }
      expect(log(kits.server, 'log.txt')).not.toContain('stranger');
    },
    15 * MINUTE,
  );

  test(
    'fl_admin.sh opens a console in which its user can ask for the server and leave',
    async () => {
      const terminal = federation.terminal(kits.admin, 'fl_admin.sh');
      try {
        await terminal.shows(/User Name: /, 300);
        terminal.type(ADMIN);
        await terminal.shows(/> $/, 300);
        terminal.type('check_status server');
        await terminal.shows(/site_2/, 300);
        terminal.type('bye');
        expect(await terminal.ended()).toBe(0);
      } finally {
        await terminal.close();
      }
    },
    15 * MINUTE,
  );

  test(
    'the console shuts everything down',
    async () => {
      const response = await federation.console(kits.admin, ADMIN, 'shutdown');
      expect(response).toEqual({ done: true });
      await federation.waitUntil('no process is left', 300, () => processesOf(folder).length === 0);
    },
    15 * MINUTE,
  );

  test(
    'a second start leaves the first one alone, and stop_fl.sh ends what start.sh began',
    async () => {
      await federation.start(kits.two);
      // Written by the keeper when it has taken the place, some time after start.sh is done.
      const place = join(kits.two, 'daemon_pid.fl');
      await federation.waitUntil(
        'the site runs',
        60,
        () => existsSync(place) && readFileSync(place).length > 0,
      );
      expect(await federation.script(kits.two, 'start.sh')).toContain('already running');
      expect(await federation.script(kits.two, 'stop_fl.sh', '-y')).toContain('stopped');
      expect(processesOf(kits.two)).toEqual([]);
    },
    10 * MINUTE,
  );

  test(
    'a changed signed file keeps the program from starting, and verify.sh names it',
    async () => {
      appendFileSync(join(kits.two, 'startup/fed_client.json'), ' ');
      await expect(federation.script(kits.two, 'verify.sh')).rejects.toMatchObject({
        stdout: expect.stringContaining('changed: fed_client.json'),
      });
      await federation.start(kits.two);
      await federation.waitUntil('the program names the file', 300, () =>
        log(kits.two, 'console.log').includes('fed_client.json'),
      );
      await federation.script(kits.two, 'stop_fl.sh', '-y');
    },
    15 * MINUTE,
  );
});
