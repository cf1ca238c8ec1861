import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Api } from './api.ts';
import { dashboard, Terminal } from './command.ts';
import { openKit } from './kit-check.ts';
import { downloadKits, setUpProject } from './project.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;
const ADMIN = 'admin@example.org';

/** The whole path, the same for a container and a plain process. */
const wholePath = (options: readonly string[], name: string): void => {
  const folder = makeFolder();
  let port = 0;
  let password = '';
  const args = (): string[] => ['--start', '-p', String(port), '--name', name, ...options];
  const origin = (): string => `http://127.0.0.1:${port}`;
  const stopArgs = ['--stop', '--name', name, ...options.filter((option) => option === '--local')];

  beforeAll(async () => {
    port = await freePort();
  });
  afterAll(async () => {
    await dashboard(stopArgs, { cwd: folder.path });
    folder.remove();
  });

  test(
    'asks for the admin, starts, and shows the address and the password',
    async () => {
      const terminal = new Terminal(args(), { cwd: folder.path });
      await terminal.see('e-mail:');
      terminal.type('not an address\r');
      await terminal.see('is not an e-mail address');
      terminal.type('\u0015');
      terminal.type(`${ADMIN}\r`);
      await terminal.see('organization:');
      terminal.type('nvidia\r');
      await terminal.see('Started.');
      expect(await terminal.ended).toBe(0);
      expect(terminal.text).toContain(`http://localhost:${port}/`);
      password = /Password:\s+(\S+)/.exec(terminal.text)?.[1] ?? '';
      expect(password.length).toBeGreaterThanOrEqual(16);
    },
    3 * MINUTES,
  );

  test(
    'gives three kits that open, verify and hold their keys',
    async () => {
      const anyone = new Api(origin());
      const admin = await anyone.logIn(ADMIN, password);
      const { siteAdmin, userId, clientId } = await setUpProject(anyone, admin);
      const kits = await downloadKits(admin, siteAdmin, { userId, clientId });
      const scratch = makeFolder();
      try {
        const opened = kits.map((kit) => openKit(kit, scratch.path));
        expect(opened.map(({ certificateVerifies }) => certificateVerifies)).toEqual([true, true, true]);
        expect(opened.map(({ keyBelongs }) => keyBelongs)).toEqual([true, true, true]);
        expect(opened.map(({ startMode }) => startMode)).toEqual(['755', '755', '755']);
      } finally {
        scratch.remove();
        await Promise.all([anyone.close(), admin.close(), siteAdmin.close()]);
      }
    },
    MINUTES,
  );

  test('says where it runs when started again', async () => {
    const again = await dashboard(args(), { cwd: folder.path });
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toContain('already running');
    expect(again.stdout).not.toContain(password);
  });

  test('refuses other settings and names restart', async () => {
    const other = [...args(), '-p', String(await freePort())];
    const { exitCode, stderr } = await dashboard(other, { cwd: folder.path });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/already running with other settings: .*port/);
    expect(stderr).toContain('dashboard restart');
  });

  test(
    'stops and leaves nothing; the next start asks nothing and has everything',
    async () => {
      const stopped = await dashboard(stopArgs, { cwd: folder.path });
      expect(stopped.exitCode).toBe(0);
      await expect(fetch(`${origin()}/health`)).rejects.toThrow();
      expect(options.includes('--local') ? '' : docker('ps', '-aq', '--filter', `name=${name}`).text).toBe(
        '',
      );
      expect(existsSync(join(folder.path, 'db.sqlite-wal'))).toBe(false);
      expect((await dashboard(stopArgs, { cwd: folder.path })).exitCode).toBe(0);
      const again = await dashboard(args(), { cwd: folder.path });
      expect(again.exitCode).toBe(0);
      const anyone = new Api(origin());
      const admin = await anyone.logIn(ADMIN, password);
      expect((await admin.must('GET', '/clients')).body.toString()).toContain('hospital-1');
      await Promise.all([anyone.close(), admin.close()]);
    },
    MINUTES,
  );

  test(
    'starts from scratch after db.sqlite was removed',
    async () => {
      await dashboard(stopArgs, { cwd: folder.path });
      rmSync(join(folder.path, 'db.sqlite'));
      const unattended = await dashboard(args(), { cwd: folder.path });
      expect(unattended.exitCode).toBe(2);
      expect(unattended.stderr).toContain('--cred');
      const again = await dashboard([...args(), '--cred', 'new@example.org:Copper-Meadow-7:org'], {
        cwd: folder.path,
      });
      expect(again.exitCode).toBe(0);
      const anyone = new Api(origin());
      const admin = await anyone.logIn('new@example.org', 'Copper-Meadow-7');
      const project = await admin.must('GET', '/project');
      expect(project.json).toMatchObject({ project: { frozen: false } });
      await Promise.all([anyone.close(), admin.close()]);
      expect((await dashboard(stopArgs, { cwd: folder.path })).exitCode).toBe(0);
    },
    MINUTES,
  );
};

describeWithEngine('the whole path in a container', () => {
  const image = `${uniqueName()}:e2e`;

  beforeAll(async () => {
    const folder = makeFolder();
    const built = await dashboard(['image', 'build', '-i', image], { cwd: folder.path });
    folder.remove();
    expect(built.stderr).toMatch(/Built .*MB/);
    expect(built.exitCode).toBe(0);
  }, 3 * MINUTES);
  afterAll(() => {
    docker('rmi', '-f', image);
  });

  wholePath(['--image', image], uniqueName());
});

describe('the whole path as a plain process', () => {
  wholePath(['--local'], uniqueName());

  test('keeps its log to its owner', async () => {
    const folder = makeFolder();
    const port = String(await freePort());
    const start = ['--start', '--local', '-p', port, '--cred', 'a@example.org:Amber-Lantern-3:org'];
    expect((await dashboard(start, { cwd: folder.path })).exitCode).toBe(0);
    const log = readFileSync(join(folder.path, 'dashboard.log'), 'utf8');
    expect(log).toContain('"level":30');
    expect(log).not.toContain('Amber-Lantern-3');
    expect((await dashboard(['--stop', '--local'], { cwd: folder.path })).exitCode).toBe(0);
    folder.remove();
  });
});
