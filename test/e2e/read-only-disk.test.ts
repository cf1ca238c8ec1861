import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { dashboard } from './command.ts';
import { makeFolder } from './surroundings.ts';

const MINUTES = 60_000;
const State = z.object({ pid: z.number() });

const mount = (...args: readonly string[]): void => {
  expect(spawnSync('mount', args, { encoding: 'utf8' })).toMatchObject({ status: 0 });
};

// Only root may mount.
(process.getuid?.() === 0 ? describe : describe.skip)('a disk that became read-only under a project', () => {
  const project = makeFolder();
  const elsewhere = makeFolder();
  const archive = join(elsewhere.path, 'saved.tar.gz');
  const backup = (target: string) =>
    dashboard(['backup', target, '-f', project.path, '--no-encrypt'], { cwd: elsewhere.path });

  beforeAll(async () => {
    const port = String(await freePort());
    const start = ['start', '--local', '-p', port, '--cred', 'admin@example.org:Amber-Lantern-3:org'];
    expect((await dashboard(start, { cwd: project.path })).exitCode).toBe(0);
    const state = State.parse(
      JSON.parse(readFileSync(join(project.path, '.dashboard-process.json'), 'utf8')),
    );
    // As a disk ends it: the write-ahead log stays behind.
    process.kill(state.pid, 'SIGKILL');
    mount('--bind', project.path, project.path);
    mount('-o', 'remount,ro,bind', project.path);
  }, MINUTES);
  afterAll(() => {
    spawnSync('umount', [project.path]);
    project.remove();
    elsewhere.remove();
  });

  test(
    'is backed up to another disk, and the archive is good',
    async () => {
      const saved = await backup(archive);
      expect([saved.exitCode, saved.stdout]).toEqual([0, expect.stringContaining(`Backed up to ${archive}`)]);
      const checked = await dashboard(['restore', '--check', archive], { cwd: elsewhere.path });
      expect([checked.exitCode, checked.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    },
    MINUTES,
  );

  const names = () => readdirSync(project.path).sort();
  const temporary = () => readdirSync(tmpdir()).filter((name) => name.startsWith('dashboard-read-'));

  test(
    'shows where its audit log ends, and that it is intact',
    async () => {
      const before = names();
      const head = await dashboard(['audit', 'head', '-f', project.path], { cwd: elsewhere.path });
      expect([head.exitCode, head.stderr, head.stdout]).toEqual([0, '', expect.stringMatching(/^\d+:/)]);
      const verified = await dashboard(
        ['audit', 'verify', '-f', project.path, '--head', head.stdout.trim()],
        { cwd: elsewhere.path },
      );
      expect([verified.exitCode, verified.stderr]).toEqual([0, '']);
      expect(verified.stdout).toContain('The audit log is intact');
      expect([names(), temporary()]).toEqual([before, []]);
    },
    MINUTES,
  );

  test(
    'is examined by the doctor, who names the disk as all that is wrong',
    async () => {
      const before = names();
      const { exitCode, stdout } = await dashboard(['doctor', '--local', '-f', project.path], {
        cwd: elsewhere.path,
      });
      expect(exitCode).toBe(1);
      expect(stdout).toContain(`fail folder: ${project.path} cannot be written by anybody`);
      expect(stdout).toContain('ok   database: sound');
      expect(stdout).toContain('ok   files: session key and properties are in order');
      expect(stdout.match(/^fail /gm)).toHaveLength(1);
      expect(stdout).not.toContain('SQLITE');
      expect([names(), temporary()]).toEqual([before, []]);
    },
    MINUTES,
  );

  test('is not running for `stop`, which leaves its note of the process', async () => {
    const { exitCode, stdout, stderr } = await dashboard(['stop', '--local', '-f', project.path], {
      cwd: elsewhere.path,
    });
    expect([exitCode, stdout, stderr]).toEqual([0, expect.stringContaining('No dashboard is running'), '']);
  });

  test('is not backed up to itself, for a reason in words', async () => {
    const target = join(project.path, 'saved.tar.gz');
    const { exitCode, stderr } = await backup(target);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining(`${target} cannot be used: the file system is read-only.\nName a file`),
    ]);
  });
});
