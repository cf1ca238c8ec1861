import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { useBuiltImage } from './built-image.ts';
import { dashboard, type Ended } from './command.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;
const CREDENTIAL = 'admin@example.org:Amber-Lantern-3:org';
const TOKEN = 'canary-token-Vk4Rm8';

const Changes = z.array(
  z.object({ setting: z.string(), from: z.string().optional(), to: z.string().optional() }),
);
const Planned = z.object({ action: z.string(), changes: Changes });
const State = z.object({ state: z.string() });
const LocalState = z.object({ pid: z.number() });

/** A start that finds its dashboard running, the same for a container and a plain process. */
const startingAgain = (
  startOptions: () => readonly string[],
  name: string,
  suspend: (folder: string) => void,
  identify: (folder: string) => string,
  kill: (folder: string) => void,
) => {
  const folder = makeFolder();
  const elsewhere = makeFolder();
  let port = 0;
  const run = (...args: readonly string[]): Promise<Ended> =>
    dashboard([...args, '--name', name, '-f', folder.path], { cwd: elsewhere.path });
  const start = (...more: readonly string[]): Promise<Ended> =>
    run('start', '-p', String(port), ...startOptions(), '--cred', CREDENTIAL, ...more);
  const health = async (at: number): Promise<number> => (await fetch(`http://127.0.0.1:${at}/health`)).status;
  const planPort = async () => {
    const { stdout } = await run('plan', '--json', ...startOptions());
    return Planned.parse(JSON.parse(stdout)).changes.find(({ setting }) => setting === 'port');
  };
  const kept = (): unknown => JSON.parse(readFileSync(join(folder.path, '.environment.json'), 'utf8'));

  beforeAll(async () => {
    port = await freePort();
    const started = await start('-e', 'NVFL_LOG_LEVEL=warn', '-e', `MY_TOKEN=${TOKEN}`);
    expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  }, 2 * MINUTES);
  afterAll(async () => {
    await run('stop', '--timeout', '1');
    folder.remove();
    elsewhere.remove();
  }, MINUTES);

  test.each([
    ['with the same options', ['-e', 'NVFL_LOG_LEVEL=warn', '-e', `MY_TOKEN=${TOKEN}`]],
    ['with options left out', []],
  ])(
    'does nothing %s',
    async (_which, more) => {
      const before = identify(folder.path);
      const again = await start(...more);
      expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining('already running')]);
      expect(identify(folder.path)).toBe(before);
    },
    MINUTES,
  );

  test(
    'tells old and new values of other settings, without secrets, and changes nothing',
    async () => {
      const before = identify(folder.path);
      const other = ['-e', 'NVFL_LOG_LEVEL=info', '-e', `MY_TOKEN=${TOKEN}2`];
      const again = await start(...other);
      expect(again.exitCode).toBe(1);
      expect(again.stderr).toContain('environment NVFL_LOG_LEVEL warn → info');
      expect(again.stderr).toContain('environment MY_TOKEN (hidden) → (hidden)');
      expect(again.stderr).toContain('--apply');
      const planned = await run('plan', '--json', '-p', String(port + 1), ...startOptions(), ...other);
      expect(planned.exitCode).toBe(0);
      expect(Planned.parse(JSON.parse(planned.stdout))).toEqual({
        action: 'restart',
        changes: expect.arrayContaining([
          { setting: 'port', from: String(port), to: String(port + 1) },
          { setting: 'environment NVFL_LOG_LEVEL', from: 'warn', to: 'info' },
          { setting: 'environment MY_TOKEN', from: '(hidden)', to: '(hidden)' },
        ]),
      });
      expect(again.stdout + again.stderr + planned.stdout + planned.stderr).not.toContain(TOKEN);
      expect([identify(folder.path), await health(port)]).toEqual([before, 200]);
    },
    MINUTES,
  );

  test(
    'makes it so with --apply, and keeps what is not mentioned',
    async () => {
      const before = identify(folder.path);
      const moved = await freePort();
      const applied = await run(
        ...['start', '--apply', '-p', String(moved), ...startOptions(), '-e', `MY_TOKEN=${TOKEN}3`],
      );
      expect([applied.exitCode, applied.stderr]).toEqual([
        0,
        expect.stringContaining(`port ${port} → ${moved}`),
      ]);
      port = moved;
      expect(identify(folder.path)).not.toBe(before);
      expect([await health(port), kept()]).toEqual([200, { MY_TOKEN: `${TOKEN}3` }]);
      const planned = await run('plan', '--json', ...startOptions(), '-e', 'NVFL_LOG_LEVEL=warn');
      expect(Planned.parse(JSON.parse(planned.stdout))).toEqual({ action: 'none', changes: [] });
      expect((await run('restart')).exitCode).toBe(0);
      expect(kept()).toEqual({ MY_TOKEN: `${TOKEN}3` });
    },
    2 * MINUTES,
  );

  test(
    'does not take one that hangs for running, and replaces it with --apply',
    async () => {
      suspend(folder.path);
      const again = await start();
      expect([again.exitCode, again.stderr]).toEqual([1, expect.stringContaining('does not respond')]);
      const applied = await run('start', '--apply', '--timeout', '10', ...startOptions());
      expect([applied.exitCode, await health(port)]).toEqual([0, 200]);
    },
    2 * MINUTES,
  );

  test(
    'brings back one that was killed with what it was started with, and names other settings',
    async () => {
      kill(folder.path);
      const planned = Planned.parse(JSON.parse((await run('plan', '--json')).stdout));
      expect([planned.action, planned.changes]).toEqual([
        'start',
        expect.arrayContaining([
          { setting: 'port', from: String(port), to: String(port) },
          { setting: 'environment NVFL_LOG_LEVEL', from: 'warn', to: 'warn' },
        ]),
      ]);
      const again = await run('start');
      expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('with its settings')]);
      expect([await health(port), kept()]).toEqual([200, { MY_TOKEN: `${TOKEN}3` }]);
      const running = await run('plan', '--json', ...startOptions(), '-e', 'NVFL_LOG_LEVEL=warn');
      expect(Planned.parse(JSON.parse(running.stdout))).toEqual({ action: 'none', changes: [] });

      kill(folder.path);
      const moved = await freePort();
      const changed = await run('start', '-p', String(moved), '-e', 'NVFL_LOG_LEVEL=info');
      expect([changed.exitCode, changed.stderr]).toEqual([
        0,
        expect.stringContaining(`Changing port ${port} → ${moved}.`),
      ]);
      expect(changed.stderr).toContain('Changing environment NVFL_LOG_LEVEL warn → info.');
      port = moved;
      expect([await health(port), kept()]).toEqual([200, { MY_TOKEN: `${TOKEN}3` }]);
    },
    2 * MINUTES,
  );

  test(
    'keeps the settings when the start fails, and forgets them with stop',
    async () => {
      kill(folder.path);
      expect((await run('start', '-e', 'NVFL_METRICS=perhaps')).exitCode).toBe(1);
      expect(await planPort()).toEqual({ setting: 'port', from: String(port), to: String(port) });
      expect((await run('stop')).exitCode).toBe(0);
      expect(await planPort()).toEqual({ setting: 'port', to: '443' });
    },
    2 * MINUTES,
  );
};

describe('a second start of a plain process', () => {
  const pid = (folder: string): number =>
    LocalState.parse(JSON.parse(readFileSync(join(folder, '.dashboard-process.json'), 'utf8'))).pid;
  startingAgain(
    () => ['--local'],
    uniqueName(),
    (folder) => process.kill(pid(folder), 'SIGSTOP'),
    (folder) => String(pid(folder)),
    (folder) => process.kill(pid(folder), 'SIGKILL'),
  );
});

/** Several commands at once: one starts the dashboard, the others find it. */
const startingAtOnce = (startOptions: () => readonly string[], name: string) => {
  let folder: ReturnType<typeof makeFolder>;
  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(async () => {
    await dashboard(['stop', '--name', name, '-f', folder.path], { cwd: folder.path });
    folder.remove();
  });

  test(
    'starts one dashboard for several commands at once',
    async () => {
      const port = await freePort();
      const start = ['start', '--name', name, '-p', String(port), ...startOptions(), '--cred', CREDENTIAL];
      const ended = await Promise.all(
        [1, 2, 3].map(() => dashboard([...start, '--json'], { cwd: folder.path })),
      );
      expect(ended.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
        [0, expect.not.stringContaining('Error')],
        [0, expect.not.stringContaining('Error')],
        [0, expect.not.stringContaining('Error')],
      ]);
      const states = ended.map(({ stdout }) => State.parse(JSON.parse(stdout)).state).sort();
      expect(states).toEqual(['already running', 'already running', 'started']);
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    },
    2 * MINUTES,
  );
};

describe('starts of a plain process at once', () => {
  startingAtOnce(() => ['--local'], uniqueName());
});

describeWithEngine('a second start of a container', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  const other = uniqueName();
  afterAll(() => {
    docker('rm', '-f', name, other);
  });
  startingAgain(
    () => ['-i', image],
    name,
    () => {
      docker('pause', name);
    },
    () => docker('inspect', '-f', '{{.Id}}', name).text,
    () => {
      docker('kill', name);
    },
  );
  startingAtOnce(() => ['-i', image], other);

  test(
    'names a container that exits again and again, and one that another tool created',
    async () => {
      const folder = makeFolder();
      const port = String(await freePort());
      const start = ['start', '--name', other, '-p', port, '-i', image, '--cred', CREDENTIAL];
      expect((await dashboard(start, { cwd: folder.path })).exitCode).toBe(0);
      writeFileSync(join(folder.path, '.jwt-key'), 'x');
      docker('exec', other, 'node', '-e', 'process.kill(1)');
      while (docker('inspect', '-f', '{{.RestartCount}}', other).text.trim() < '2') {
        await wait(200);
      }
      const crashing = await dashboard(start, { cwd: folder.path });
      expect([crashing.exitCode, crashing.stderr]).toEqual([1, expect.stringContaining('keeps exiting')]);
      const restarted = await dashboard(['restart', '--name', other], { cwd: folder.path });
      expect([restarted.exitCode, restarted.stderr]).toEqual([
        1,
        expect.stringContaining(`${folder.path}/.jwt-key does not hold a key. Nothing was changed;`),
      ]);
      expect(restarted.stderr).not.toContain('.trial');
      docker('rm', '-f', other);
      docker('create', '--name', other, image);
      const foreign = await dashboard(start, { cwd: folder.path });
      folder.remove();
      expect([foreign.exitCode, foreign.stderr]).toEqual([
        1,
        expect.stringContaining('is a dashboard that another tool created'),
      ]);
      expect(foreign.stderr).not.toContain('docker rm');
    },
    2 * MINUTES,
  );
});
