import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../support/free-port.ts';
import { dashboard, type Ended } from './command.ts';
import { makeFolder } from './surroundings.ts';

const MINUTES = 120_000;

describe('dashboard.yaml in the project folder', () => {
  const folder = makeFolder();
  let port = 0;
  const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path });
  const json = async (...args: readonly string[]): Promise<unknown> =>
    JSON.parse((await run(...args, '--json')).stdout);
  const settings = (content: string): void => {
    writeFileSync(join(folder.path, 'dashboard.yaml'), content);
  };
  const health = async (at: number): Promise<number> => (await fetch(`http://127.0.0.1:${at}/health`)).status;

  beforeAll(async () => {
    port = await freePort();
    writeFileSync(join(folder.path, 'admin'), 'admin@example.org:Amber-Lantern-3:org\n', { mode: 0o600 });
    settings(`local: true\nport: ${port}\ncred-file: admin\nenv:\n  NVFL_LOG_LEVEL: warn\n`);
  });
  afterAll(async () => {
    await run('stop');
    folder.remove();
  });

  test(
    'starts without any option, and again without a change',
    async () => {
      const started = await run('start');
      expect([started.exitCode, started.stdout]).toEqual([0, expect.stringContaining('Started.')]);
      expect(await health(port)).toBe(200);
      expect(await json('start')).toMatchObject({ ok: true, state: 'already running', port });
    },
    MINUTES,
  );

  test(
    'shows every setting with where it comes from',
    async () => {
      expect(await json('config', '--timeout', '9')).toMatchObject({
        settings: expect.arrayContaining([
          { setting: 'port', value: String(port), from: 'dashboard.yaml' },
          { setting: 'timeout', value: '9', from: 'flag' },
          { setting: 'restart', value: 'unless-stopped', from: 'default' },
          { setting: 'env NVFL_LOG_LEVEL', value: 'warn', from: 'dashboard.yaml' },
        ]),
      });
    },
    MINUTES,
  );

  test(
    'is compared with what runs by plan and start, and applied by restart',
    async () => {
      const moved = await freePort();
      settings(`local: true\nport: ${moved}\nenv:\n  NVFL_LOG_LEVEL: error\n`);
      const changes = [
        { setting: 'port', from: String(port), to: String(moved) },
        { setting: 'environment NVFL_LOG_LEVEL', from: 'warn', to: 'error' },
      ];
      expect(await json('plan')).toMatchObject({ action: 'restart', changes });
      const again = await run('start');
      expect(again.exitCode).toBe(1);
      expect(again.stderr).toContain(`port ${port} → ${moved}; environment NVFL_LOG_LEVEL warn → error`);
      expect((await run('restart')).exitCode).toBe(0);
      expect(await health(moved)).toBe(200);
      expect(await json('plan')).toMatchObject({ action: 'none' });
    },
    MINUTES,
  );

  test(
    'that is broken stops a start before anything, but neither status nor stop',
    async () => {
      settings('port: none\n');
      const started = await run('start');
      expect([started.exitCode, started.stdout]).toEqual([2, '']);
      expect(started.stderr).toContain('dashboard.yaml cannot be used: line 1: port must be a whole number');
      expect((await run('status')).exitCode).toBe(0);
      expect((await run('stop', '--local')).exitCode).toBe(0);
    },
    MINUTES,
  );

  test(
    'that says local needs no engine for what does not run',
    async () => {
      settings('local: true\n');
      const options = { cwd: folder.path, environment: { DOCKER_HOST: 'unix:///nonexistent.sock' } };
      const stopped = await dashboard(['stop'], options);
      expect([stopped.exitCode, stopped.stderr]).toEqual([0, '']);
    },
    MINUTES,
  );
});
