import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dashboard, type Ended } from '../e2e/command.ts';
import { prepareNvflare } from '../prepare/nvflare.js';
import { makeNvflareImage } from './nvflare-image.ts';
import { freePort } from './ports.ts';

const RELEASE = '2.9';
const MINUTE = 60_000;
const ADMIN = { email: 'admin@example.org', password: 'Amber-Lantern-3' };

const { environments } = await prepareNvflare([RELEASE]);
const venv = environments[RELEASE];
const engine = process.env['TEST_DOCKER_HOST'];

test('an engine is at hand for an image with NVIDIA FLARE', () => {
  expect(process.env['CI'] === 'true' && engine === undefined).toBe(false);
});

describe.each(engine === undefined || venv === undefined ? [] : [[engine, venv] as const])(
  "NVIDIA's own dashboard in an image, with the engine at %s",
  (host, environment) => {
    const folder = mkdtempSync(join(tmpdir(), 'interop-nvidia-'));
    const name = basename(folder);
    const image = `${name.toLowerCase()}:dashboard`;
    const env = { ...process.env, DOCKER_HOST: host };
    let port = 0;
    const run = (...args: readonly string[]): Promise<Ended> =>
      dashboard([...args, '--name', name, '--timeout', '120'], { cwd: folder });
    const logIn = async (): Promise<number> => {
      const response = await fetch(`http://127.0.0.1:${port}/nvflare-dashboard/api/v1/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(ADMIN),
      });
      return response.status;
    };

    beforeAll(async () => {
      makeNvflareImage(image, environment, join(folder, 'image'), env);
      rmSync(join(folder, 'image'), { recursive: true });
      port = await freePort();
    }, 15 * MINUTE);

    afterAll(() => {
      spawnSync('docker', ['rm', '--force', name], { env });
      spawnSync('docker', ['rmi', '--force', image], { env });
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }, 8 * MINUTE);

    test(
      'starts with a warning, answers, is found running and is started only once',
      async () => {
        const cred = `${ADMIN.email}:${ADMIN.password}:Hospital`;
        const started = await run('start', '-i', image, '-p', String(port), '--cred', cred);
        expect([started.exitCode, started.stderr]).toEqual([
          0,
          expect.stringContaining('is of another program'),
        ]);
        expect([await logIn(), existsSync(join(folder, 'db.sqlite'))]).toEqual([200, true]);
        const status = await run('status');
        expect([status.exitCode, status.stdout]).toEqual([0, expect.stringContaining(image)]);
        const again = await run('start', '-i', image, '-p', String(port));
        expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining('already running')]);
      },
      15 * MINUTE,
    );

    test(
      "is told apart where it cannot do what the dashboard's image does",
      async () => {
        const unseal = await run('unseal');
        expect([unseal.exitCode, unseal.stderr]).toEqual([1, expect.stringContaining('of another image')]);
      },
      5 * MINUTE,
    );

    test(
      "is the same after a restart, and the dashboard's image continues its project in its place",
      async () => {
        const restarted = await run('restart');
        expect([restarted.exitCode, await logIn()]).toEqual([0, 200]);
        expect((await run('stop')).exitCode).toBe(0);
        const local = ['--local', '-p', String(port), '-f', folder];
        const ours = await run('start', ...local);
        try {
          expect([ours.exitCode, await logIn()]).toEqual([0, 200]);
        } finally {
          await run('stop', ...local.slice(0, 1), '-f', folder);
        }
      },
      15 * MINUTE,
    );
  },
);
