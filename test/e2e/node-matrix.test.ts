import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeBaseImage } from '../prepare/docker.js';
import { prepareNode } from '../prepare/node.js';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';
import { Api } from './api.ts';
import { dashboard, type Ended } from './command.ts';
import { openKit } from './kit-check.ts';
import { downloadKits, setUpProject } from './project.ts';
import { describeWithEngine, docker, engineSocket, makeFolder } from './surroundings.ts';

const MINUTES = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';

/** Uses one dashboard from its first start to its end; the kits are unpacked into the folder. */
const live = async (
  run: (...args: readonly string[]) => Promise<Ended>,
  folder: string,
  port: number,
  target: readonly string[],
  options: readonly string[] = [],
): Promise<void> => {
  const settings = [...target, ...options, '-p', String(port)];
  expect(await run('start', ...settings, '--cred', `${EMAIL}:${PASSWORD}:org`)).toMatchObject({
    exitCode: 0,
  });
  const anyone = new Api(`http://127.0.0.1:${port}`);
  const admin = await anyone.logIn(EMAIL, PASSWORD);
  const { siteAdmin, ...ids } = await setUpProject(anyone, admin);
  mkdirSync(folder);
  const kits = await downloadKits(admin, siteAdmin, ids);
  expect(kits.map((kit) => openKit(kit, folder))).toMatchObject(
    kits.map(() => ({ certificateVerifies: true, keyBelongs: true })),
  );
  expect(await run('stop', ...target)).toMatchObject({ exitCode: 0 });
  expect(await run('start', ...settings)).toMatchObject({ exitCode: 0 });
  expect(await run('restart', ...settings)).toMatchObject({ exitCode: 0 });
  const again = await anyone.logIn(EMAIL, PASSWORD);
  expect((await again.must('POST', '/servers/1/blob', { pin: 'Kit7pin42' })).status).toBe(200);
  expect(await run('stop', ...target)).toMatchObject({ exitCode: 0 });
  for (const api of [anyone, admin, siteAdmin, again]) {
    await api.close();
  }
};

test(
  'names the Node that is needed when an older one runs the command',
  async () => {
    const node = prepareNode('20.20.2');
    const folder = makeFolder();
    const status = await dashboard(['status', '--local', '--json'], { cwd: folder.path, node });
    const message = 'Node 20.20.2 is too old: the dashboard requires 22.13 or later.';
    expect([status.exitCode, status.stderr]).toEqual([
      1,
      `Error: ${message}\nInstall a newer Node, then install the dashboard again.\n`,
    ]);
    expect(JSON.parse(status.stdout)).toMatchObject({
      ok: false,
      error: { code: 'node_too_old', message, exitCode: 1 },
    });
    expect((await dashboard(['--help'], { cwd: folder.path, node })).exitCode).toBe(0);
    folder.remove();
  },
  2 * MINUTES,
);

describe.each(['22.23.3', '24.21.0', '26.12.1'])('Node %s', (version) => {
  let node = '';
  const folder = makeFolder();
  const kits = makeFolder();
  const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path, node });
  beforeAll(() => {
    node = prepareNode(version);
  }, 2 * MINUTES);
  afterAll(() => {
    folder.remove();
    kits.remove();
  });

  test('runs a project as a plain process', async () => {
    const project = makeFolder();
    try {
      await live(run, join(kits.path, 'process'), await freePort(), ['--local', '-f', project.path]);
    } finally {
      await run('stop', '--local', '-f', project.path);
      project.remove();
    }
  });

  describeWithEngine('in a container', () => {
    const image = `${uniqueName()}:matrix`;
    const base = `${uniqueName()}:base`;
    const name = uniqueName();
    const project = makeFolder();
    afterAll(() => {
      docker('rm', '-f', name);
      docker('rmi', '-f', image, base);
      project.remove();
    });

    test('builds the image and runs a project', async () => {
      await makeBaseImage(engineSocket, { reference: base, node });
      expect(await run('image', 'build', '-i', image, '--base-image', base)).toMatchObject({ exitCode: 0 });
      const { text } = docker('run', '--rm', '--entrypoint', 'node', image, '--version');
      expect(text.trim()).toBe(`v${version}`);
      const target = ['--name', name, '-f', project.path];
      await live(run, join(kits.path, 'container'), await freePort(), target, ['-i', image]);
    });
  });
});
