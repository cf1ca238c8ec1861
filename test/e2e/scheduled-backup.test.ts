import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';
import { until } from '../support/until.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard, type Ended } from './command.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';

const MINUTE = 60_000;
const CREDENTIAL = 'admin@example.org:Amber-Lantern-3:org';
const PASSPHRASE = 'nine black swans';

const Status = z.object({
  lastBackup: z.object({ file: z.string() }),
  backupSchedule: z.object({ everyMs: z.number(), keep: z.number(), encrypted: z.boolean() }),
});
const Findings = z.object({
  findings: z.array(z.object({ check: z.string(), level: z.string(), text: z.string() })),
});

const scheduled = (startOptions: () => readonly string[], name: string): void => {
  const folder = makeFolder();
  let port = 0;
  const local = (): readonly string[] => startOptions().filter((option) => option === '--local');
  const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path });
  const start = (...more: readonly string[]): Promise<Ended> =>
    run('start', '-p', String(port), '--name', name, ...startOptions(), ...more);
  const stop = (): Promise<Ended> => run('stop', '--name', name, ...local());
  const archives = (): readonly string[] => {
    const path = join(folder.path, 'copies');
    return existsSync(path) ? readdirSync(path) : [];
  };
  /** Whether the backend has noted how its newest backup went. */
  const noted = (): boolean => existsSync(join(folder.path, '.backup-schedule.json'));
  const backupFinding = async () => {
    const { stdout } = await run('doctor', '--name', name, ...local(), '--json');
    return Findings.parse(JSON.parse(stdout)).findings.find(({ check }) => check === 'backup');
  };

  beforeAll(async () => {
    port = await freePort();
    const passphrase = join(folder.path, 'archive-passphrase');
    writeFileSync(passphrase, `${PASSPHRASE}\n`);
    chmodSync(passphrase, 0o600);
    const inside = local().length > 0 ? passphrase : '/var/tmp/nvflare/dashboard/archive-passphrase';
    const started = await start(
      ...['--cred', CREDENTIAL, '--backup-every', '1d', '--backup-keep', '3', '--backup-folder', 'copies'],
      ...['-e', 'NVFL_METRICS=1', '-e', `NVFL_BACKUP_PASSPHRASE_FILE=${inside}`],
    );
    expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  }, 4 * MINUTE);
  afterAll(async () => {
    await stop();
    docker('rm', '-f', name);
    folder.remove();
  }, MINUTE);

  test(
    'are taken by the backend, encrypted, and seen in status, doctor and metrics',
    async () => {
      const archive = await until(() => archives().find((file) => file.endsWith('.tar.gz.enc')), MINUTE);
      const status = await until(async () => {
        const { stdout } = await run('status', '--name', name, ...local(), '--json');
        return Status.safeParse(JSON.parse(stdout)).data;
      }, MINUTE);
      expect(status.lastBackup.file).toBe(join(folder.path, 'copies', archive));
      expect(status.backupSchedule).toEqual({ everyMs: 86_400_000, keep: 3, encrypted: true });
      const { stdout } = await run('status', '--name', name, ...local());
      expect(stdout).toMatch(/Schedule: +a backup every 1 d into \S+\/copies, encrypted, the last 3 kept/);
      expect(await backupFinding()).toMatchObject({ level: 'ok' });
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      expect(metrics).toMatch(/^nvflare_dashboard_last_backup_timestamp_seconds 1\d{9}/m);
      expect(metrics).toContain('nvflare_dashboard_backup_interval_seconds 86400\n');
      expect(metrics).toContain('nvflare_dashboard_backup_failed 0\n');
      const passphrase = ['--encrypt-passphrase-file', join(folder.path, 'archive-passphrase')];
      const drill = await run(
        'restore',
        '--check',
        join(folder.path, 'copies', archive),
        ...passphrase,
        ...local(),
      );
      expect([drill.exitCode, drill.stdout]).toEqual([0, expect.stringContaining('is a sound backup')]);
    },
    2 * MINUTE,
  );

  test(
    'that fail are named by doctor, status, log and metrics',
    async () => {
      expect((await stop()).exitCode).toBe(0);
      rmSync(join(folder.path, '.backup-schedule.json'));
      rmSync(join(folder.path, 'copies'), { recursive: true });
      writeFileSync(join(folder.path, 'copies'), 'no folder');
      const started = await start(
        ...['--backup-every', '1d', '--backup-folder', 'copies', '-e', 'NVFL_METRICS=1'],
      );
      expect(started.exitCode).toBe(0);
      // The first look comes after a while: the file tells of it without a command each time.
      await until(noted, MINUTE);
      const failed = await until(async () => {
        const finding = await backupFinding();
        return finding?.text.includes('failed') === true ? finding : undefined;
      }, MINUTE);
      expect(failed.level).toBe('warn');
      expect((await run('status', '--name', name, ...local())).stdout).toContain('the newest failed');
      expect((await run('logs', '--name', name, ...local())).stdout).toContain(
        'The scheduled backup failed.',
      );
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      expect(metrics).toContain('nvflare_dashboard_backup_failed 1\n');
    },
    2 * MINUTE,
  );
};

describe('backups on schedule of a plain process', () => {
  scheduled(() => ['--local'], uniqueName());

  const empty = makeFolder();
  afterAll(() => {
    empty.remove();
  });
  test.each([
    [['--backup-every', '10'], 'is not a duration'],
    [['--backup-every', '0d'], 'is not a duration'],
    [['--backup-every', '2y'], 'is not a duration'],
    [['--backup-every', '1d', '--backup-keep', '0'], 'is not a number'],
    [['--backup-every', '1d', '--backup-folder', '.'], 'is the project folder itself'],
    [['-e', 'NVFL_BACKUP_EVERY=often'], 'NVFL_BACKUP_EVERY is not a duration'],
  ])('refuses %j', async (options, expected) => {
    const ended = await dashboard(['start', '--local', '--cred', CREDENTIAL, '-p', '18443', ...options], {
      cwd: empty.path,
    });
    expect([ended.exitCode === 0, ended.stderr]).toEqual([false, expect.stringContaining(expected)]);
  });
});

describeWithEngine('backups on schedule of a container', () => {
  const image = useBuiltImage();
  const elsewhere = makeFolder();
  afterAll(() => {
    elsewhere.remove();
  });
  scheduled(() => ['--image', image], uniqueName());

  test('refuses a folder that the container cannot see', async () => {
    const ended = await dashboard(['start', '--backup-every', '1d', '--backup-folder', '/srv/backups'], {
      cwd: elsewhere.path,
    });
    expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringContaining('project folder')]);
  });
});
