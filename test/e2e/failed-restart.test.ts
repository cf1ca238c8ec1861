import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Api } from './api.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard, Terminal, type Ended } from './command.ts';
import { setUpProject } from './project.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';
const PASSPHRASE = 'Seven grey herons wait';

const Ready = z.object({ sealed: z.boolean() });
const Failed = z.object({ error: z.object({ code: z.string() }) });

/** Whatever keeps a successor from starting, the same for a container and a plain process. */
const failingRestarts = (
  startOptions: () => readonly string[],
  name: string,
  identify: (folder: string) => string,
) => {
  const folder = makeFolder();
  const keys = makeFolder();
  const right = join(keys.path, 'right');
  const wrong = join(keys.path, 'wrong');
  let port = 0;
  const identity = (): string => identify(folder.path);
  const run = (...args: readonly string[]): Promise<Ended> =>
    dashboard([...args, '--name', name, '-f', folder.path], { cwd: keys.path });
  const sealed = async (): Promise<boolean> =>
    Ready.parse(await (await fetch(`http://127.0.0.1:${port}/ready`)).json()).sealed;

  beforeAll(async () => {
    port = await freePort();
    writeFileSync(right, `${PASSPHRASE}\n`, { mode: 0o600 });
    writeFileSync(wrong, 'Seven grey herons waited\n', { mode: 0o600 });
    const credential = ['--cred', `${EMAIL}:${PASSWORD}:org`, '--passphrase-file', right];
    const started = await run('start', '-p', String(port), ...startOptions(), ...credential);
    expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    const anyone = new Api(`http://127.0.0.1:${port}`);
    const admin = await anyone.logIn(EMAIL, PASSWORD);
    const { siteAdmin } = await setUpProject(anyone, admin);
    await Promise.all([anyone.close(), admin.close(), siteAdmin.close()]);
  }, 4 * MINUTES);
  afterAll(async () => {
    await run('stop');
    folder.remove();
    keys.remove();
  }, MINUTES);

  const expectRefused = async (restart: Promise<Ended>, code: string): Promise<void> => {
    const before = identity();
    const ended = await restart;
    expect(ended.stderr).toContain('The dashboard keeps running as it was.');
    expect(Failed.parse(JSON.parse(ended.stdout)).error.code).toBe(code);
    expect([ended.exitCode === 0, identity(), await sealed()]).toEqual([false, before, false]);
    expect(readdirSync(folder.path).filter((entry) => entry.startsWith('.trial'))).toEqual([]);
  };

  test(
    'keeps the dashboard running when the passphrase is wrong',
    () => expectRefused(run('restart', '--json', '--passphrase-file', wrong), 'passphrase_wrong'),
    MINUTES,
  );

  test(
    'keeps the dashboard running when a setting is rejected',
    () =>
      expectRefused(
        run('restart', '--json', '--passphrase-file', right, '-e', 'NVFL_LOG_LEVEL=nonsense'),
        'backend_failed',
      ),
    MINUTES,
  );

  test(
    'keeps the dashboard running when the new certificate is broken',
    async () => {
      mkdirSync(join(folder.path, 'cert'));
      for (const file of ['web.crt', 'web.key']) {
        writeFileSync(join(folder.path, 'cert', file), 'nonsense');
      }
      try {
        await expectRefused(run('restart', '--json', '--passphrase-file', right), 'certificate_broken');
      } finally {
        rmSync(join(folder.path, 'cert'), { recursive: true });
      }
    },
    MINUTES,
  );

  test(
    'does not seal an open dashboard unless it is told to',
    async () => {
      await expectRefused(run('restart', '--json'), 'would_seal');
      const agreed = await run('restart', '--yes');
      expect([agreed.exitCode, agreed.stderr, await sealed()]).toEqual([
        0,
        expect.stringContaining('running sealed'),
        true,
      ]);
      const opened = await run('restart', '--passphrase-file', right);
      expect([opened.exitCode, await sealed()]).toEqual([0, false]);
    },
    2 * MINUTES,
  );

  test(
    'asks a person for the passphrase before it stops anything',
    async () => {
      const before = identity();
      const mistyped = new Terminal(['restart', '--name', name, '-f', folder.path], { cwd: keys.path });
      await mistyped.see('Passphrase of the root key');
      expect([identity(), await sealed()]).toEqual([before, false]);
      mistyped.type('Seven grey herons waited\r');
      expect(await mistyped.ended).toBe(1);
      expect([identity(), await sealed()]).toEqual([before, false]);
      const terminal = new Terminal(['restart', '--name', name, '-f', folder.path], { cwd: keys.path });
      await terminal.see('Passphrase of the root key');
      terminal.type(`${PASSPHRASE}\r`);
      expect(await terminal.ended).toBe(0);
      expect(await sealed()).toBe(false);
      expect(identity()).not.toEqual(before);
    },
    2 * MINUTES,
  );
};

describe('a restart of a plain process that cannot succeed', () => {
  failingRestarts(
    () => ['--local'],
    uniqueName(),
    (folder) => readFileSync(join(folder, '.dashboard-process.json'), 'utf8'),
  );
});

describeWithEngine('a restart of a container that cannot succeed', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  const folder = makeFolder();
  const identity = (): string => docker('inspect', '-f', '{{.Id}}', name).text.trim();
  failingRestarts(() => ['-i', image], name, identity);

  const other = uniqueName();
  let port = 0;
  const run = (...args: readonly string[]): Promise<Ended> =>
    dashboard([...args, '--name', other, '-f', folder.path], { cwd: folder.path });
  const alive = async (): Promise<number> => (await fetch(`http://127.0.0.1:${port}/health`)).status;
  beforeAll(async () => {
    port = await freePort();
  });
  afterAll(() => {
    docker('rm', '-f', name, other);
    folder.remove();
  });

  test(
    'keeps the dashboard running when the new image holds no dashboard',
    async () => {
      const credential = ['--cred', `${EMAIL}:${PASSWORD}:org`];
      expect((await run('start', '-i', image, '-p', String(port), ...credential)).exitCode).toBe(0);
      const before = docker('inspect', '-f', '{{.Id}}', other).text;
      const ended = await run('restart', '-i', process.env['TEST_BASE_IMAGE'] ?? '', '--timeout', '20');
      expect([ended.exitCode, ended.stderr]).toEqual([
        1,
        expect.stringContaining('The dashboard keeps running as it was.'),
      ]);
      expect([docker('inspect', '-f', '{{.Id}}', other).text, await alive()]).toEqual([before, 200]);
      expect(docker('ps', '-aq', '--filter', `name=${other}-`).text).toBe('');
      expect((await run('stop')).exitCode).toBe(0);
    },
    3 * MINUTES,
  );

  test(
    'starts the old dashboard again when only the switch shows that the new one fails',
    async () => {
      // With a database elsewhere there is no copy on which the successor could be tried.
      const elsewhere = ['-e', 'DATABASE_URL=sqlite:////var/tmp/nvflare/dashboard/db.sqlite'];
      const settings = ['-i', image, '-p', String(port), ...elsewhere];
      expect((await run('start', ...settings, '--cred', `${EMAIL}:${PASSWORD}:org`)).exitCode).toBe(0);
      const before = docker('inspect', '-f', '{{.Id}}', other).text;
      const failed = await run('restart', ...elsewhere, '-e', 'NVFL_LOG_LEVEL=nonsense');
      expect([failed.exitCode, failed.stderr]).toEqual([
        1,
        expect.stringContaining('The previous dashboard is running again.'),
      ]);
      expect([docker('inspect', '-f', '{{.Id}}', other).text, await alive()]).toEqual([before, 200]);
      expect((await run('restart', ...elsewhere)).exitCode).toBe(0);
      expect(docker('inspect', '-f', '{{.Id}}', other).text).not.toBe(before);
      expect(docker('ps', '-aq', '--filter', `name=${other}-`).text).toBe('');
    },
    3 * MINUTES,
  );
});
