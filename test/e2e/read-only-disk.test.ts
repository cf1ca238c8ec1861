import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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

  test('is not backed up to itself, for a reason in words', async () => {
    const target = join(project.path, 'saved.tar.gz');
    const { exitCode, stderr } = await backup(target);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining(`${target} cannot be used: the file system is read-only.\nName a file`),
    ]);
  });
});
