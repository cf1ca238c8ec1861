import { X509Certificate } from 'node:crypto';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { SmallDisk } from '../soak/small-disk.ts';
import { freePort } from '../support/free-port.ts';
import { servedFingerprint } from '../support/served-fingerprint.ts';
import { makeWebPair } from '../support/web-pair.ts';
import { Api } from './api.ts';
import { dashboard, type Ended } from './command.ts';
import { packedVersions } from './packed-versions.ts';
import { makeFolder } from './surroundings.ts';

const MINUTES = 120_000;
const DISK_MB = 48;
const MAX_WRITES = 2000;
const MAX_TEXT = 2000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';
const Upgraded = z.object({ backup: z.string() });
const Project = z.object({ project: z.object({ description: z.string() }) });

const reason = SmallDisk.whyNot();
if (reason !== undefined) {
  process.stdout.write(`The operator's day is skipped: ${reason}.\n`);
}

/** A day as docs/operations.md describes it. */
(reason === undefined ? describe : describe.skip)("an operator's day", () => {
  const packages = makeFolder();
  const elsewhere = makeFolder();
  let disk: SmallDisk;
  let folder = '';
  let port = 0;
  let older = '';
  let newer = '';
  let certificate = '';
  let description = '';

  const run = (bin: string, args: readonly string[], cwd = folder): Promise<Ended> =>
    dashboard(args, { cwd, bin });
  const status = async (bin: string, cwd = folder): Promise<unknown> =>
    JSON.parse((await run(bin, ['status', '--json'], cwd)).stdout);
  const asAdmin = async <T>(work: (admin: Api) => Promise<T>): Promise<T> => {
    const anyone = new Api(
      `${certificate === '' ? 'http' : 'https'}://localhost:${port}`,
      certificate === '' ? undefined : certificate,
    );
    const admin = await anyone.logIn(EMAIL, PASSWORD, certificate === '' ? undefined : certificate);
    try {
      return await work(admin);
    } finally {
      await Promise.all([anyone.close(), admin.close()]);
    }
  };
  const stored = () =>
    asAdmin(async (admin) => Project.parse((await admin.must('GET', '/project')).json).project.description);

  /** @returns the status of the change that was refused */
  const writeUntilRefused = async (admin: Api): Promise<number> => {
    for (let count = 0; count < MAX_WRITES; count += 1) {
      const next = `${count} `.padEnd(MAX_TEXT, 'x');
      const { status: code } = await admin.send('PATCH', '/project', { description: next });
      if (code !== 200) {
        return code;
      }
      description = next;
    }
    throw new Error('no change was refused');
  };

  beforeAll(async () => {
    const unpack = packedVersions(packages.path);
    older = unpack('0.0.9');
    newer = unpack('0.9.0');
    disk = new SmallDisk(DISK_MB);
    folder = join(disk.folder, 'study');
    mkdirSync(folder);
    port = await freePort();
  }, MINUTES);
  afterAll(async () => {
    await run(older, ['stop']);
    await run(older, ['stop'], elsewhere.path);
    disk.remove();
    elsewhere.remove();
    packages.remove();
  }, MINUTES);

  test(
    'install and start: a plan, a start from the file alone, and its status',
    async () => {
      writeFileSync(join(folder, 'admin.txt'), `${EMAIL}:${PASSWORD}:Hospital\n`, { mode: 0o600 });
      writeFileSync(join(folder, 'right.txt'), 'the right passphrase\n', { mode: 0o600 });
      writeFileSync(join(folder, 'wrong.txt'), 'another passphrase\n', { mode: 0o600 });
      writeFileSync(
        join(folder, 'dashboard.yaml'),
        `local: true\nport: ${port}\ncred-file: admin.txt\npassphrase-file: right.txt\n`,
      );
      expect((await run(older, ['plan'])).exitCode).toBe(0);
      expect(await run(older, ['start'])).toMatchObject({ exitCode: 0 });
      await asAdmin((admin) =>
        admin.must('PATCH', '/project', {
          short_name: 'day',
          server1: 'fl.example.org',
          key_bits: 2048,
          frozen: true,
        }),
      );
      expect(await status(older)).toMatchObject({ version: '0.0.9', sealed: false });
    },
    MINUTES,
  );

  test(
    'wrong passphrase: the restart is refused, and the dashboard keeps running',
    async () => {
      const ended = await run(older, ['restart', '--passphrase-file', 'wrong.txt']);
      expect([ended.exitCode, ended.stderr]).toEqual([1, expect.stringContaining('passphrase')]);
      expect(await status(older)).toMatchObject({ sealed: false });
      expect((await run(older, ['restart', '--passphrase-file', 'right.txt'])).exitCode).toBe(0);
    },
    MINUTES,
  );

  test(
    'full disk: changes are refused and named, what is stored stays, and it works again once there is room',
    async () => {
      const refusal = await asAdmin((admin) => {
        disk.fill();
        return writeUntilRefused(admin);
      });
      expect(refusal).toBe(503);
      expect((await run(older, ['doctor'])).stdout).toMatch(/disk/i);
      disk.free();
      expect(await stored()).toBe(description);
      description = 'written after the disk had room again';
      await asAdmin((admin) => admin.must('PATCH', '/project', { description }));
    },
    MINUTES,
  );

  test(
    'renewed certificate: the new pair is served at once, and the status tells its days',
    async () => {
      makeWebPair(folder, 'dash.example.org', 20);
      expect((await run(older, ['restart'])).exitCode).toBe(0);
      const [renewed, cert] = [join(elsewhere.path, 'cert'), join(folder, 'cert')];
      certificate = makeWebPair(elsewhere.path, 'dash.example.org', 90);
      copyFileSync(join(renewed, 'web.crt'), join(cert, 'web.crt'));
      copyFileSync(join(renewed, 'web.key'), join(cert, 'web.key'));
      const { fingerprint256 } = new X509Certificate(certificate);
      for (let served = ''; served !== fingerprint256;) {
        served = await servedFingerprint(port);
      }
      expect((await run(older, ['status'])).stdout).toMatch(/dash\.example\.org.*\b(89|90) days/);
      expect(await stored()).toBe(description);
    },
    MINUTES,
  );

  test(
    'upgrade, and back with the backup that it kept',
    async () => {
      const ended = await run(newer, ['upgrade', '--json']);
      expect(JSON.parse(ended.stdout)).toMatchObject({ state: 'upgraded', from: '0.0.9', to: '0.9.0' });
      expect(await stored()).toBe(description);
      const { backup } = Upgraded.parse(JSON.parse(ended.stdout));
      for (const [bin, ...args] of [
        [newer, 'stop'],
        [older, 'restore', '--yes', backup],
        [older, 'start'],
      ] as const) {
        expect([args, await run(bin, args)]).toEqual([args, expect.objectContaining({ exitCode: 0 })]);
      }
      expect(await status(older)).toMatchObject({ version: '0.0.9' });
      expect(await stored()).toBe(description);
    },
    MINUTES,
  );

  test(
    'move to another host: the archive and the settings, nothing else',
    async () => {
      expect((await run(older, ['stop'])).exitCode).toBe(0);
      expect((await run(older, ['backup', 'study.tar.gz'])).exitCode).toBe(0);
      for (const name of ['study.tar.gz', 'dashboard.yaml', 'admin.txt', 'right.txt']) {
        copyFileSync(join(folder, name), join(elsewhere.path, name));
      }
      const restored = await run(older, ['restore', '--yes', 'study.tar.gz'], elsewhere.path);
      expect([restored.exitCode, restored.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
      expect((await run(older, ['start'], elsewhere.path)).exitCode).toBe(0);
      expect(await stored()).toBe(description);
      expect(await status(older, elsewhere.path)).toMatchObject({ version: '0.0.9', sealed: false });
    },
    MINUTES,
  );
});
