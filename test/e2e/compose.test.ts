import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard, type Ended } from './command.ts';
import { describeWithEngine, docker, makeFolder, shellEnvironment } from './surroundings.ts';

const MINUTES = 120_000;

describeWithEngine('a dashboard that Compose runs', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  const folder = makeFolder();
  let port = 0;
  const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path });
  const compose = (...args: readonly string[]): string => {
    const { stdout, stderr } = spawnSync(
      'docker-compose',
      ['-f', join(folder.path, 'compose.yaml'), ...args],
      {
        env: shellEnvironment(folder.path),
        encoding: 'utf8',
      },
    );
    return stdout + stderr;
  };

  beforeAll(async () => {
    port = await freePort();
    writeFileSync(join(folder.path, 'admin.txt'), 'admin@example.org:Amber-Lantern-3:org\n', { mode: 0o600 });
    writeFileSync(
      join(folder.path, 'dashboard.yaml'),
      `name: ${name}\nport: ${port}\nimage: ${image}\ncred-file: admin.txt\n`,
    );
    const installed = await run('service', 'install', '--compose');
    expect([installed.exitCode, installed.stdout]).toEqual([0, expect.stringContaining('docker compose -f')]);
    compose('up', '-d');
    while ((await run('status')).exitCode !== 0) {
      await sleep(200);
    }
  }, MINUTES);
  afterAll(() => {
    compose('down', '--timeout', '1');
    folder.remove();
  }, MINUTES);

  test(
    'is found by its folder: status, list, logs and backup',
    async () => {
      const { stdout } = await run('status', '--json');
      expect(JSON.parse(stdout)).toMatchObject({ state: 'running', name, port, folder: folder.path });
      expect((await run('list')).stdout).toContain(folder.path);
      expect((await run('logs')).stdout).toContain('ready');
      expect((await run('backup', 'backup.tar.gz')).exitCode).toBe(0);
    },
    MINUTES,
  );

  test.each([['restart'], ['start']])(
    'is left to Compose by %s',
    async (command) => {
      const { exitCode, stderr } = await run(command, '-p', String(port));
      expect([exitCode, stderr]).toEqual([expect.any(Number), expect.stringContaining('Compose')]);
      expect(exitCode).not.toBe(0);
      expect((await run('status')).exitCode).toBe(0);
    },
    MINUTES,
  );

  test(
    'is stopped and kept by stop',
    async () => {
      const stopped = await run('stop', '--timeout', '20');
      expect([stopped.exitCode, stopped.stdout]).toEqual([0, expect.stringContaining('Stopped.')]);
      expect(docker('inspect', '-f', '{{.State.Running}}', name).text.trim()).toBe('false');
    },
    MINUTES,
  );
});
