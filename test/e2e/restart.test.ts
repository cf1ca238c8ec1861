import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { useBuiltImage } from './built-image.ts';
import { dashboard, type Ended } from './command.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;
const CREDENTIAL = 'admin@example.org:Amber-Lantern-3:org';

const Inspected = z.tuple([
  z.object({
    Id: z.string(),
    Config: z.object({ Image: z.string(), Env: z.array(z.string()) }),
    HostConfig: z.object({ RestartPolicy: z.object({ Name: z.string() }) }),
  }),
]);

describeWithEngine('dashboard restart', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  const folder = makeFolder();
  const elsewhere = makeFolder();
  let port = 0;
  const run = (...args: readonly string[]): Promise<Ended> =>
    dashboard([...args, '--name', name], { cwd: elsewhere.path });
  const container = () => Inspected.parse(JSON.parse(docker('inspect', name).text))[0];
  const alive = async (at: number): Promise<number> => (await fetch(`http://127.0.0.1:${at}/health`)).status;

  beforeAll(async () => {
    port = await freePort();
    const settings = ['-i', image, '-p', String(port), '-f', folder.path, '--restart', 'no'];
    const started = await run('start', ...settings, '-e', 'NVFL_LOG_LEVEL=debug', '--cred', CREDENTIAL);
    expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  }, 2 * MINUTES);
  afterAll(() => {
    docker('rm', '-f', name);
    folder.remove();
    elsewhere.remove();
  });

  test(
    'keeps folder, port, image, environment and restart policy from any folder',
    async () => {
      const before = container();
      const restarted = await run('restart');
      expect([restarted.exitCode, restarted.stdout]).toEqual([0, expect.stringContaining(folder.path)]);
      const after = container();
      expect(after.Id).not.toBe(before.Id);
      expect(after).toMatchObject({
        Config: { Image: image, Env: expect.arrayContaining(['NVFL_LOG_LEVEL=debug']) },
        HostConfig: { RestartPolicy: { Name: 'no' } },
      });
      expect(await alive(port)).toBe(200);
    },
    2 * MINUTES,
  );

  test(
    'stops nothing when the new image cannot be had or the new port is taken',
    async () => {
      const { Id } = container();
      const noImage = await run('restart', '-i', 'registry.invalid/none:1');
      expect([noImage.exitCode, noImage.stderr]).toEqual([5, expect.not.stringContaining('Stopping')]);
      const other = uniqueName();
      const taken = await freePort();
      docker('run', '-d', '--name', other, '-p', `${taken}:1`, '--entrypoint', 'sleep', image, '60');
      const noPort = await run('restart', '-p', String(taken));
      docker('rm', '-f', other);
      expect([noPort.exitCode, noPort.stderr]).toEqual([4, expect.not.stringContaining('Stopping')]);
      expect([container().Id, await alive(port)]).toEqual([Id, 200]);
    },
    2 * MINUTES,
  );

  test(
    'takes what is given anew',
    async () => {
      const moved = await freePort();
      const settings = ['-p', String(moved), '-e', 'NVFL_LOG_LEVEL=warn', '--restart', 'on-failure'];
      expect((await run('restart', ...settings)).exitCode).toBe(0);
      expect(await alive(moved)).toBe(200);
      expect(container()).toMatchObject({
        Config: { Image: image, Env: expect.arrayContaining(['NVFL_LOG_LEVEL=warn']) },
        HostConfig: { RestartPolicy: { Name: 'on-failure' } },
      });
    },
    2 * MINUTES,
  );
});

describe('dashboard restart of a plain process', () => {
  const folder = makeFolder();
  const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path });
  const Written = z.object({ pid: z.number(), environment: z.record(z.string(), z.string()) });
  const written = () =>
    Written.parse(JSON.parse(readFileSync(join(folder.path, '.dashboard-process.json'), 'utf8')));

  afterAll(async () => {
    await run('stop', '--local');
    folder.remove();
  });

  test(
    'keeps port and environment',
    async () => {
      const port = await freePort();
      const settings = ['--local', '-p', String(port), '-e', 'NVFL_LOG_LEVEL=debug'];
      expect((await run('start', ...settings, '--cred', CREDENTIAL)).exitCode).toBe(0);
      const { pid } = written();
      expect((await run('restart')).exitCode).toBe(0);
      expect(written()).toEqual({ pid: expect.any(Number), environment: { NVFL_LOG_LEVEL: 'debug' } });
      expect(written().pid).not.toBe(pid);
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    },
    2 * MINUTES,
  );
});
