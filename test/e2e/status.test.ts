import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Api } from './api.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard, Terminal, type Ended } from './command.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { startMailSink, type MailSink } from '../support/mail-sink.ts';
import { uniqueName } from '../support/unique-name.ts';
import { makeWebPair } from '../support/web-pair.ts';

const MINUTES = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';

const Listed = z.object({
  dashboards: z.array(z.object({ state: z.string(), port: z.number(), folder: z.string().optional() })),
});
const Examined = z.object({
  findings: z.array(z.object({ check: z.string(), level: z.string(), text: z.string() })),
});
const State = z.object({ state: z.string() });

/** Defines the tests of what an operator sees of a dashboard, the same for a container and a plain process. */
const statusOf = (startOptions: () => readonly string[], name: string, kind: string) => {
  const folder = makeFolder();
  const elsewhere = makeFolder();
  let port = 0;
  let mail: MailSink;
  const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path });
  const local = (): readonly string[] => startOptions().filter((option) => option === '--local');

  beforeAll(async () => {
    port = await freePort();
    mail = await startMailSink();
    const sends = {
      NVFL_SMTP_URL: `smtp://127.0.0.1:${mail.port}?starttls=never`,
      NVFL_MAIL_FROM: 'dashboard@example.org',
      NVFL_PUBLIC_URL: `https://127.0.0.1:${port}`,
    };
    const variables = Object.entries(sends).flatMap(([variable, value]) => ['-e', `${variable}=${value}`]);
    const certificate = makeWebPair(folder.path, 'dashboard.example.org', 12);
    const start = ['start', '--name', name, '-p', String(port), ...startOptions(), ...variables];
    const started = await run(...start, '--cred', `${EMAIL}:${PASSWORD}:org`);
    expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    const anyone = new Api(`https://127.0.0.1:${port}`, certificate);
    const admin = await anyone.logIn(EMAIL, PASSWORD, certificate);
    await admin.must('PATCH', '/project', {
      short_name: 'e2e',
      title: 'End to end',
      server1: 'fl-server.example.org',
      public: true,
    });
    await anyone.must('POST', '/users', {
      name: 'Site Admin',
      email: 'site.admin@hospital.example.org',
      password: 'Violet-Harbour-19',
      organization: 'hospital',
      role: 'org_admin',
    });
    await Promise.all([anyone.close(), admin.close()]);
    expect((await run('backup', elsewhere.path)).exitCode).toBe(0);
  }, 3 * MINUTES);
  afterAll(async () => {
    await run('stop', '--name', name, ...local());
    await mail.close();
    folder.remove();
    elsewhere.remove();
  }, MINUTES);

  test(
    'tells address, certificate, versions, who waits and the last backup',
    async () => {
      const { exitCode, stdout } = await run('status', '--json');
      expect([exitCode, JSON.parse(stdout)]).toEqual([
        0,
        expect.objectContaining({
          ok: true,
          state: 'running',
          kind,
          folder: folder.path,
          port,
          url: `https://127.0.0.1:${port}/`,
          mode: 'https',
          version: expect.stringMatching(/^\d+\.\d+\.\d+/),
          packageVersion: expect.stringMatching(/^\d+\.\d+\.\d+/),
          sealed: false,
          frozen: false,
          certificate: expect.objectContaining({
            subject: expect.stringContaining('dashboard.example.org'),
            daysLeft: 11,
          }),
          uptimeSeconds: expect.any(Number),
          waiting: { users: 1, sites: 0 },
          loggedWarnings: [expect.stringContaining('expires in 11 days')],
          lastBackup: expect.objectContaining({ file: expect.stringContaining(elsewhere.path) }),
        }),
      ]);
      const people = await run('status');
      expect(people.stdout).toMatch(/Certificate: .*11 days left/);
      expect(people.stdout).toContain('waiting for approval: 1 person, 0 sites');
      expect(people.stdout).toMatch(/Up for: +\d/);
    },
    MINUTES,
  );

  test(
    'is found by its folder from elsewhere, and listed',
    async () => {
      const found = await dashboard(['status', '--json', '-f', folder.path], { cwd: elsewhere.path });
      expect(State.parse(JSON.parse(found.stdout)).state).toBe('running');
      const other = await dashboard(['status', '--json', '-f', elsewhere.path], { cwd: folder.path });
      expect([other.exitCode, State.parse(JSON.parse(other.stdout)).state]).toEqual([1, 'not running']);
      const { stdout } = await dashboard(['list', '--json'], { cwd: elsewhere.path });
      expect(Listed.parse(JSON.parse(stdout)).dashboards).toContainEqual({
        state: 'running',
        port,
        folder: folder.path,
      });
    },
    MINUTES,
  );

  test(
    'is shown again and again with --watch until Ctrl-C',
    async () => {
      const terminal = new Terminal(['status', '--watch'], { cwd: folder.path });
      await terminal.see('Running:');
      await terminal.see('Running:');
      terminal.type('\u0003');
      expect(await terminal.ended).toBe(0);
    },
    MINUTES,
  );

  test(
    'has its mail server looked at by the doctor from where it runs',
    async () => {
      const { stdout } = await run('doctor', '--json', '--name', name, ...local());
      const { findings } = Examined.parse(JSON.parse(stdout));
      // The address of this host is another one in a container.
      expect(findings.find(({ check }) => check === 'mail server')).toEqual({
        check: 'mail server',
        level: kind === 'container' ? 'fail' : 'ok',
        text: expect.stringContaining(`127.0.0.1:${mail.port}`),
      });
    },
    MINUTES,
  );

  test('does not begin a project when restarted in a folder without one', async () => {
    const ended = await dashboard(['restart', '-f', elsewhere.path, ...local()], { cwd: folder.path });
    expect([ended.exitCode, ended.stderr]).toEqual([1, expect.stringContaining('No dashboard is running')]);
  });
};

describe('the status of a plain process', () => {
  statusOf(() => ['--local'], uniqueName(), 'process');
});

describeWithEngine('the status of a container', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  afterAll(() => {
    docker('rm', '-f', name);
  });
  statusOf(() => ['-i', image], name, 'container');
});
