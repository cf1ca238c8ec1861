import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { CONTAINER } from '../../src/contract/environment.ts';
import { encodeSecretFrame, decodeSecretFrame } from '../../src/contract/secret-frame.ts';
import { packContext } from '../../src/cli/deployment/container/image-context/image-context.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { DEFAULT_LIMITS, type ContainerSpec } from '../../src/engine/spec.ts';
import { freePort } from '../support/free-port.ts';
import { noPodman, startPodman } from './podman-service.ts';
import { baseImage, connectTo, dockerHost, failureOf, noEngine } from './real-engine.ts';
import { makeStandInPackage, type StandInPackage } from './stand-in-package.ts';
import { uniqueName } from '../support/unique-name.ts';

const Health = z.object({ uid: z.number(), readOnly: z.boolean(), received: z.string() });

const reason = noPodman ?? noEngine;
if (reason !== undefined) {
  process.stdout.write(`Podman is not tried: ${reason}\n`);
}
const suite = reason === undefined ? describe : describe.skip;

suite('a real Podman', () => {
  const image = `${uniqueName()}:9.8.7`;
  let engine: Engine;
  let service: Awaited<ReturnType<typeof startPodman>>;
  let standIn: StandInPackage;
  let folder: string;

  const specOf = async (change: Partial<ContainerSpec> = {}): Promise<ContainerSpec> => ({
    name: uniqueName(),
    image,
    version: '9.8.7',
    folder: { host: folder, container: CONTAINER.folder },
    port: { host: await freePort(), container: CONTAINER.port, address: '127.0.0.1' },
    user: { uid: 4321, gid: 4321 },
    restart: 'no',
    environment: {},
    secretsOnStdin: false,
    hardened: true,
    limits: DEFAULT_LIMITS,
    ...change,
  });

  beforeAll(async () => {
    service = await startPodman();
    engine = await connectTo(service.host);
    standIn = await makeStandInPackage();
    folder = await mkdtemp(join(tmpdir(), 'nvflare-podman-project-'));
    await chown(folder, 4321, 4321);
    const archive = join(standIn.root, 'base.tar');
    await (await connectTo(dockerHost)).saveImage(baseImage, archive);
    await engine.loadImage(archive);
  }, 120_000);

  afterAll(async () => {
    await service.stop();
    await standIn.remove();
    await rm(folder, { recursive: true, force: true });
  }, 120_000);

  test('it is known as Podman, and builds the image from a base that Docker saved', async () => {
    expect(engine.identity).toMatchObject({ product: 'podman', rootless: false, local: true });
    const request = { context: () => packContext(standIn.root), reference: image, baseImage };
    const built = await engine.buildImage(request);
    expect(built.dashboardVersion).toBe('9.8.7');
    expect(built.references).toEqual([expect.stringContaining(image)]);
  }, 120_000);

  test('a container gets its secrets, becomes ready and stops in order', async () => {
    const spec = await specOf({ secretsOnStdin: true, environment: { NVFL_SECRETS_STDIN: '1' } });
    await engine.createContainer(spec);
    await engine.startContainer(spec.name, encodeSecretFrame({ passphrase: 'canary' }));
    const url = `http://127.0.0.1:${spec.port.host}/health`;
    await engine.waitUntilReady(spec.name, {
      probe: async (signal) => (await fetch(url, { signal })).ok,
      timeoutSeconds: 30,
    });
    const health = Health.parse(await (await fetch(url)).json());
    expect(health).toMatchObject({ uid: 4321, readOnly: true });
    expect(decodeSecretFrame(Buffer.from(health.received, 'base64'))).toEqual({
      passphrase: 'canary',
    });
    const program = ['node', '-e', 'console.log(process.getuid())'];
    expect(await engine.runInContainer(spec.name, program)).toBe('4321');
    await engine.stopContainer(spec.name, 10);
    await engine.stopContainer(spec.name, 10);
    expect(await engine.inspectContainer(spec.name)).toMatchObject({ status: 'exited', exitCode: 0 });
    await engine.removeContainer(spec.name);
    await engine.removeContainer(spec.name);
    expect(await engine.inspectContainer(spec.name)).toBeUndefined();
  }, 60_000);

  test('a name that is taken and a port that is taken are named', async () => {
    const spec = await specOf();
    await engine.createContainer(spec);
    expect(await failureOf(engine.createContainer(spec))).toEqual({
      code: 'name_taken',
      name: spec.name,
    });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(spec.port.host, '127.0.0.1', resolve));
    try {
      expect(await failureOf(engine.startContainer(spec.name))).toMatchObject({
        code: 'port_taken',
        port: spec.port.host,
      });
    } finally {
      server.close();
      await engine.removeContainer(spec.name);
    }
  }, 60_000);

  test('a process that dies is told with its exit code and last lines', async () => {
    const spec = await specOf({ environment: { STAND_IN: 'die' } });
    await engine.createContainer(spec);
    await engine.startContainer(spec.name);
    const probe = () => Promise.resolve(false);
    const failure = await failureOf(engine.waitUntilReady(spec.name, { probe, timeoutSeconds: 30 }));
    expect(failure).toMatchObject({
      code: 'container_died',
      exitCode: 66,
      lastLines: expect.arrayContaining(['the last line']),
    });
  }, 60_000);

  test('images that are missing or cannot be pulled are named', async () => {
    const spec = await specOf({ image: 'localhost/none:1' });
    expect(await failureOf(engine.createContainer(spec))).toMatchObject({
      code: 'image_unavailable',
      operation: 'use',
    });
    expect(await failureOf(engine.pullImage('localhost:1/none:1'))).toMatchObject({
      code: 'image_unavailable',
      operation: 'pull',
    });
  }, 60_000);
});
