import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { noPodman, startPodman } from '../engine/podman-service.ts';
import { baseImage, connectTo, dockerHost, noEngine } from '../engine/real-engine.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';
import { dashboard, type Ended } from './command.ts';
import { makeFolder } from './surroundings.ts';

const MINUTES = 300_000;
const reason = noPodman ?? noEngine;
if (reason !== undefined) {
  process.stderr.write(`Podman is not tried: ${reason}\n`);
}
const suite = reason === undefined ? describe : describe.skip;

suite('a dashboard on Podman', () => {
  const folder = makeFolder();
  const name = uniqueName();
  let service: Awaited<ReturnType<typeof startPodman>>;
  let port = 0;
  const run = (...args: readonly string[]): Promise<Ended> =>
    dashboard(args, { cwd: folder.path, environment: { DOCKER_HOST: service.host } });
  const json = async (...args: readonly string[]): Promise<unknown> =>
    JSON.parse((await run(...args, '--json')).stdout);

  beforeAll(async () => {
    service = await startPodman();
    port = await freePort();
    const archive = join(folder.path, 'base.tar');
    await (await connectTo(dockerHost)).saveImage(baseImage, archive);
    expect((await run('image', 'load', archive)).exitCode).toBe(0);
    writeFileSync(join(folder.path, 'dashboard.yaml'), `name: ${name}\n`);
    const credential = ['--cred', 'admin@example.org:Amber-Lantern-3:org'];
    const started = await run('start', '-p', String(port), ...credential);
    expect([started.exitCode, started.stdout]).toEqual([0, expect.stringContaining('Started.')]);
  }, MINUTES);
  afterAll(async () => {
    await run('stop', '--timeout', '1');
    await service.stop();
    folder.remove();
  }, MINUTES);

  test(
    'is found by status, list and doctor',
    async () => {
      expect(await json('status')).toMatchObject({ state: 'running', name, port, kind: 'container' });
      expect(await json('list')).toMatchObject({
        dashboards: expect.arrayContaining([expect.objectContaining({ name, state: 'running', port })]),
      });
      expect(await json('doctor')).toMatchObject({
        findings: expect.arrayContaining([
          expect.objectContaining({ check: 'engine', text: expect.stringContaining('podman') }),
          expect.objectContaining({ check: 'port', level: 'ok' }),
        ]),
      });
    },
    MINUTES,
  );

  test(
    'is planned, restarted after a trial run, and current for upgrade',
    async () => {
      const moved = String(await freePort());
      const changes = [{ setting: 'port', from: String(port), to: moved }];
      expect(await json('plan', '-p', moved)).toMatchObject({ action: 'restart', changes });
      const restarted = await run('restart', '-p', moved);
      expect([restarted.exitCode, restarted.stderr]).toEqual([
        0,
        expect.stringContaining('Trying the new dashboard on a copy'),
      ]);
      expect((await fetch(`http://127.0.0.1:${moved}/health`)).status).toBe(200);
      expect(await json('upgrade')).toMatchObject({ state: 'current' });
      expect((await run('logs', '--tail', '5')).stdout).toContain('ready');
    },
    MINUTES,
  );

  test(
    'is stopped and removed',
    async () => {
      expect((await run('stop')).stdout).toContain('Stopped.');
      expect((await run('list')).stdout).not.toContain(name);
    },
    MINUTES,
  );
});
