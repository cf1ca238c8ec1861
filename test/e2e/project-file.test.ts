import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Api } from './api.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard, type Ended } from './command.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTE = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';
const CREDENTIAL = `${EMAIL}:${PASSWORD}:org`;
const Running = z.object({ pid: z.number() });

let folder: ReturnType<typeof makeFolder>;
let port = 0;
beforeEach(async () => {
  folder = makeFolder();
  port = await freePort();
});
afterEach(() => {
  folder.remove();
});

const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path });
const startIn = (path: string, ...more: readonly string[]): Promise<Ended> =>
  run('start', '-f', path, '-p', String(port), '--cred', CREDENTIAL, ...more);
const file = (name: string): string => join(folder.path, name);
const logOf = (): string => readFileSync(file('dashboard.log'), 'utf8');

describe('a project folder served by a plain process', () => {
  const stop = (): Promise<Ended> => run('stop', '--local', '-f', folder.path);

  test(
    'is complete in a copy of db.sqlite, also after kill -9',
    async () => {
      const elsewhere = makeFolder();
      expect((await startIn(folder.path, '--local')).exitCode).toBe(0);
      while (statSync(file('db.sqlite-wal')).size > 0) {
        await sleep(20);
      }
      const { pid } = Running.parse(JSON.parse(readFileSync(file('.dashboard-process.json'), 'utf8')));
      process.kill(pid, 'SIGKILL');
      copyFileSync(file('db.sqlite'), join(elsewhere.path, 'db.sqlite'));
      const started = await run('start', '--local', '-f', elsewhere.path, '-p', String(port));
      expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('first start')]);
      const anyone = new Api(`http://127.0.0.1:${port}`);
      const admin = await anyone.logIn(EMAIL, PASSWORD);
      await Promise.all([anyone.close(), admin.close()]);
      await run('stop', '--local', '-f', elsewhere.path);
      elsewhere.remove();
      const again = await startIn(folder.path, '--local');
      expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining('Started.')]);
      await stop();
    },
    MINUTE,
  );

  test.each([
    [
      'moved',
      (path: string) => {
        renameSync(path, `${path}.old`);
      },
    ],
    [
      'deleted',
      (path: string) => {
        rmSync(path);
      },
    ],
  ])(
    'is missed by status, log and stop when db.sqlite was %s',
    async (_how, remove) => {
      await startIn(folder.path, '--local');
      remove(file('db.sqlite'));
      const status = await run('status', '--local', '-f', folder.path, '--json');
      expect(status.exitCode).toBe(1);
      expect(JSON.parse(status.stdout)).toMatchObject({ state: 'not ready', code: 'database_moved' });
      const words = await run('status', '--local', '-f', folder.path);
      expect(words.stdout).toContain('The database file was moved, deleted or replaced');
      while (!logOf().includes('"code":"database_moved"')) {
        await sleep(50);
      }
      const stopped = await stop();
      expect([stopped.exitCode, stopped.stdout]).toEqual([
        0,
        expect.stringContaining('was moved, deleted or replaced while it ran'),
      ]);
      expect(stopped.stdout).not.toContain('stays in');
    },
    MINUTE,
  );

  test(
    'has one dashboard after two starts at the same time',
    async () => {
      const both = await Promise.all([startIn(folder.path, '--local'), startIn(folder.path, '--local')]);
      expect(both.map(({ stdout }) => stdout.split('\n')[0]).sort()).toEqual([
        'Started.',
        'The dashboard is already running.',
      ]);
      expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
      expect((await run('status', '--local', '-f', folder.path)).exitCode).toBe(0);
      expect((await stop()).stdout).toContain('The project stays in');
      expect(existsSync(file('.dashboard-process.json'))).toBe(false);
      await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow('fetch failed');
    },
    MINUTE,
  );
});

describeWithEngine('a project folder served by a container', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  afterEach(() => {
    docker('rm', '-f', name, `${name}-2`);
  });

  test(
    'is refused to a plain process and to another container, naming the first',
    async () => {
      const started = await startIn(folder.path, '--name', name, '--image', image);
      expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
      const holder = docker('ps', '-q', '--filter', `name=${name}`).text.trim();
      port = await freePort();
      for (const more of [['--local'], ['--name', `${name}-2`, '--image', image]]) {
        const refused = await startIn(folder.path, ...more);
        expect(refused.exitCode).toBe(1);
        expect(refused.stderr).toContain(
          `Another dashboard uses ${folder.path}: the container ${holder}, since`,
        );
      }
      docker('kill', name);
      const local = await startIn(folder.path, '--local');
      expect([local.exitCode, local.stdout]).toEqual([0, expect.stringContaining('Started.')]);
      await run('stop', '--local', '-f', folder.path);
    },
    2 * MINUTE,
  );

  test(
    'has one dashboard after two starts at the same time',
    async () => {
      const start = (): Promise<Ended> => startIn(folder.path, '--name', name, '--image', image);
      const both = await Promise.all([start(), start()]);
      expect(both.map(({ stdout, stderr }) => stdout.split('\n')[0] || stderr).sort()).toEqual([
        'Started.',
        'The dashboard is already running.',
      ]);
      expect(docker('ps', '-aq', '--filter', `name=${name}`).text.trim().split('\n')).toHaveLength(1);
    },
    2 * MINUTE,
  );
});
