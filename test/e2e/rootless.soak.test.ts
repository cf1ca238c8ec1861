import { chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { noPodman, startPodman } from '../engine/podman-service.ts';
import { connectTo, dockerHost } from '../engine/real-engine.ts';
import { startRootlessDocker } from '../engine/rootless-docker.ts';
import { addRootlessUser, noRootless, type RootlessUser } from '../engine/rootless-user.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard, type Ended } from './command.ts';
import { describeWithEngine, makeFolder } from './surroundings.ts';

const MINUTES = 120_000;
const CREDENTIAL = 'admin@example.org:Amber-Lantern-3:org';

/** Engines that run without root, each of a user of its own. */
const ENGINES = [
  { engine: 'Docker', start: startRootlessDocker, missing: noRootless },
  { engine: 'Podman', start: startPodman, missing: noRootless ?? noPodman },
] as const;

const tests = (start: (user: RootlessUser) => ReturnType<typeof startPodman>) => {
  const image = useBuiltImage();
  const folder = makeFolder();
  const name = uniqueName();
  /** What was set up so far; undone in the reverse order. */
  const cleanUps: (() => unknown)[] = [
    () => {
      folder.remove();
    },
  ];
  let user: RootlessUser;
  let host = '';
  let port = 0;
  const run = (...args: readonly string[]): Promise<Ended> =>
    dashboard(args, { cwd: folder.path, environment: { DOCKER_HOST: host, HOME: user.home }, user });
  const started = (...args: readonly string[]): Promise<Ended> =>
    run('start', '--name', name, '-i', image, '--cred', CREDENTIAL, ...args);

  beforeAll(async () => {
    user = addRootlessUser(`rootless-${process.pid}`);
    cleanUps.push(() => user.remove());
    const service = await start(user);
    cleanUps.push(() => service.stop());
    ({ host } = service);
    const archive = join(folder.path, 'image.tar');
    await (await connectTo(dockerHost)).saveImage(image, archive);
    for (const path of [folder.path, archive]) {
      chownSync(path, user.uid, user.gid);
    }
    expect(await run('image', 'load', archive)).toMatchObject({
      exitCode: 0,
      stderr: expect.not.stringContaining('Error'),
    });
    cleanUps.push(() => run('stop', '--name', name, '--timeout', '1'));
    port = await freePort();
  }, MINUTES);
  afterAll(async () => {
    const errors: unknown[] = [];
    for (const cleanUp of cleanUps.reverse()) {
      try {
        await cleanUp();
      } catch (error) {
        errors.push(error);
      }
    }
    expect(errors).toEqual([]);
    expect(readFileSync('/etc/passwd', 'utf8')).not.toContain(`rootless-${process.pid}:`);
    expect([user.home, user.runtimeFolder, folder.path].filter(existsSync)).toEqual([]);
  }, MINUTES);

  test(
    'may open no port below 1024, and says so before anything is created',
    async () => {
      const low = await started('-p', '443');
      expect([low.exitCode, low.stderr]).toEqual([
        4,
        expect.stringContaining('Port 443 may not be opened without root'),
      ]);
      expect((await run('list')).stdout).not.toContain(name);
    },
    MINUTES,
  );

  test(
    'serves a project that belongs to its user, is restarted after a trial run, and stopped',
    async () => {
      const first = await started('-p', String(port));
      expect([first.exitCode, first.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
      expect(statSync(join(folder.path, 'db.sqlite')).uid).toBe(user.uid);
      const status = await run('status', '--json');
      expect(JSON.parse(status.stdout)).toMatchObject({ state: 'running', name, port, kind: 'container' });
      const restarted = await run('restart', '--name', name);
      expect([restarted.exitCode, restarted.stderr]).toEqual([
        0,
        expect.stringContaining('Trying the new dashboard on a copy'),
      ]);
      expect((await run('doctor', '--json')).stdout).toContain('rootless');
      expect((await run('stop', '--name', name)).stdout).toContain('Stopped.');
    },
    MINUTES,
  );
};

for (const { engine, start, missing } of ENGINES) {
  describeWithEngine(
    `a dashboard on rootless ${engine}`,
    () => {
      tests(start);
    },
    missing,
  );
}
