import { createServer } from 'node:http';
import { chmod, chown, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import Docker from 'dockerode';
import { z } from 'zod';
import { CONTAINER } from '../../src/contract/environment.ts';
import { decodeSecretFrame, encodeSecretFrame } from '../../src/contract/secret-frame.ts';
import { packContext } from '../../src/cli/deployment/container/image-context/image-context.ts';
import type { Engine, LogLine } from '../../src/engine/engine.ts';
import { DEFAULT_LIMITS, LABELS, specDifferences, type ContainerSpec } from '../../src/engine/spec.ts';
import { freePort } from '../support/free-port.ts';
import { baseImage, connectTo, dockerHost, failureOf, noEngine } from './real-engine.ts';
import { makeStandInPackage } from './stand-in-package.ts';
import { uniqueName } from '../support/unique-name.ts';

const suite = noEngine === undefined ? describe : describe.skip;

const Health = z.object({
  uid: z.number(),
  readOnly: z.boolean(),
  received: z.string(),
  environment: z.array(z.string()),
});
type Health = z.infer<typeof Health>;

const askHealth = async (port: number, signal?: AbortSignal): Promise<Health> => {
  const response = await fetch(`http://127.0.0.1:${port}/health`, signal === undefined ? {} : { signal });
  return Health.parse(await response.json());
};

const probeOf = (port: number) => (signal: AbortSignal) =>
  askHealth(port, signal).then(
    () => true,
    () => false,
  );

suite('containers on a real engine', () => {
  const image = `${uniqueName()}:9.8.7`;
  const raw = new Docker({ socketPath: dockerHost.slice('unix://'.length) });
  const made = new Set<string>();
  let engine: Engine;
  let folder: string;

  const specOf = async (change: Partial<ContainerSpec> = {}): Promise<ContainerSpec> => {
    const name = uniqueName();
    made.add(name);
    return {
      name,
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
    };
  };

  const run = async (spec: ContainerSpec, frame?: Uint8Array): Promise<void> => {
    await engine.createContainer(spec);
    await engine.startContainer(spec.name, frame);
    await engine.waitUntilReady(spec.name, {
      probe: probeOf(spec.port.host),
      timeoutSeconds: 30,
    });
  };

  beforeAll(async () => {
    engine = await connectTo(dockerHost);
    const standIn = await makeStandInPackage();
    await engine.buildImage({ context: () => packContext(standIn.root), reference: image, baseImage });
    await standIn.remove();
    folder = await mkdtemp(join(tmpdir(), 'nvflare dashboard "folder"-'));
    await chown(folder, 4321, 4321);
    await chmod(folder, 0o700);
  }, 120_000);

  afterEach(async () => {
    for (const name of made) {
      await engine.removeContainer(name);
    }
    made.clear();
  });

  afterAll(async () => {
    await raw.getImage(image).remove({ force: true });
    await rm(folder, { recursive: true, force: true });
  });

  test('the container is as hard as it can be made', async () => {
    const spec = await specOf({ restart: 'unless-stopped' });
    await run(spec);
    const { Config, HostConfig, Mounts } = await raw.getContainer(spec.name).inspect();
    expect(Config).toMatchObject({ User: '4321:4321', Tty: false, OpenStdin: false });
    expect(HostConfig).toMatchObject({
      ReadonlyRootfs: true,
      Privileged: false,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      PidsLimit: 256,
      Memory: 1024 ** 3,
      MemorySwap: 1024 ** 3,
      Init: true,
      Tmpfs: { '/tmp': 'rw,noexec,nosuid,nodev,size=67108864,mode=1777' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10485760', 'max-file': '3' } },
      RestartPolicy: { Name: 'unless-stopped' },
      PortBindings: { '8443/tcp': [{ HostIp: '127.0.0.1', HostPort: String(spec.port.host) }] },
    });
    expect(HostConfig.CapAdd ?? []).toEqual([]);
    expect(HostConfig.Binds ?? []).toEqual([]);
    expect(Mounts).toEqual([
      expect.objectContaining({ Source: folder, Destination: CONTAINER.folder, RW: true }),
    ]);
    expect(await askHealth(spec.port.host)).toMatchObject({ uid: 4321, readOnly: true });
    expect((await stat(join(folder, 'db.sqlite'))).uid).toBe(4321);
  });

  test('the secrets reach the process and nobody who inspects the container', async () => {
    const canary = `canary-${uniqueName()}`;
    const spec = await specOf({ secretsOnStdin: true, environment: { NVFL_SECRETS_STDIN: '1' } });
    await run(spec, encodeSecretFrame({ passphrase: canary }));
    const health = await askHealth(spec.port.host);
    expect(decodeSecretFrame(Buffer.from(health.received, 'base64'))).toEqual({
      passphrase: canary,
    });
    const container = raw.getContainer(spec.name);
    const sinks = [
      JSON.stringify(await container.inspect()),
      JSON.stringify(await container.top()),
      (await container.logs({ stdout: true, stderr: true, follow: false })).toString(),
      JSON.stringify(await raw.listContainers({ all: true })),
    ];
    for (const sink of sinks) {
      expect(sink).not.toContain(canary);
    }
  });

  test('what runs tells by its labels how it differs from what is wanted', async () => {
    const spec = await specOf({ environment: { A: '1' } });
    await engine.createContainer(spec);
    const state = await engine.inspectContainer(spec.name);
    expect(state).toMatchObject({
      managed: true,
      status: 'created',
      startedAt: undefined,
      folder,
      port: spec.port.host,
      image,
    });
    const labels = state?.labels ?? {};
    expect(labels[LABELS.version]).toBe('9.8.7');
    expect(specDifferences(spec, labels)).toEqual([]);
    const other = { ...spec, restart: 'on-failure' as const, environment: {} };
    expect(specDifferences(other, labels).map(({ setting }) => setting)).toEqual(['restart', 'env A']);
    expect((await engine.listContainers()).map(({ name }) => name)).toContain(spec.name);
  });

  test('a program runs beside the one of a container, and one that is absent is named', async () => {
    const spec = await specOf({ environment: { A: 'grüße' } });
    await run(spec);
    const program = "console.error('no part of it'); console.log(process.env.A + process.getuid())";
    expect(await engine.runInContainer(spec.name, ['node', '-e', program])).toBe('grüße4321');
    const failure = await failureOf(engine.runInContainer(uniqueName(), ['node']));
    expect(failure).toMatchObject({ code: 'container_missing' });
  });

  test('a port that another program holds is named', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    try {
      const spec = await specOf({ port: { host: port, container: 8443, address: '127.0.0.1' } });
      await engine.createContainer(spec);
      const failure = await failureOf(engine.startContainer(spec.name));
      expect(failure).toMatchObject({ code: 'port_taken', port });
    } finally {
      server.close();
    }
  });

  test('a port that another container holds is named', async () => {
    const first = await specOf();
    await run(first);
    const second = await specOf({ port: first.port });
    await engine.createContainer(second);
    const failure = await failureOf(
      engine.startContainer(second.name, encodeSecretFrame({ passphrase: 'x' })),
    );
    expect(failure).toMatchObject({ code: 'port_taken', port: first.port.host });
  });

  test("a name that somebody else's container has is named, and that container stays", async () => {
    const spec = await specOf();
    const foreign = await raw.createContainer({ name: spec.name, Image: image });
    const failure = await failureOf(engine.createContainer(spec));
    expect(failure).toEqual({ code: 'name_taken', name: spec.name });
    expect(await engine.inspectContainer(spec.name)).toMatchObject({ id: foreign.id, managed: false });
  });

  test('an image that the engine lacks is named', async () => {
    const spec = await specOf({ image: 'nvflare-test-none:1' });
    expect(await failureOf(engine.createContainer(spec))).toMatchObject({
      code: 'image_unavailable',
      reference: 'nvflare-test-none:1',
      operation: 'use',
      reason: 'not_found',
    });
  });

  test('a folder that is not there is refused and not made', async () => {
    const missing = join(folder, 'missing');
    const spec = await specOf({ folder: { host: missing, container: CONTAINER.folder } });
    expect(await failureOf(engine.createContainer(spec))).toMatchObject({
      code: 'folder_missing',
      folder: missing,
    });
    await expect(stat(missing)).rejects.toThrow('ENOENT');
  });

  for (const restart of ['no', 'unless-stopped'] as const) {
    test(`a process that dies is told with its exit code and last lines (restart ${restart})`, async () => {
      const spec = await specOf({ restart, environment: { STAND_IN: 'die' } });
      await engine.createContainer(spec);
      await engine.startContainer(spec.name);
      const failure = await failureOf(
        engine.waitUntilReady(spec.name, { probe: probeOf(spec.port.host), timeoutSeconds: 30 }),
      );
      expect(failure).toMatchObject({
        code: 'container_died',
        exitCode: 66,
        outOfMemory: false,
        lastLines: expect.arrayContaining(['the last line', 'to stderr']),
      });
    });
  }

  test('a command that the image lacks is told as a container that died', async () => {
    const spec = await specOf({ command: ['/no/such/program'] });
    await engine.createContainer(spec);
    await engine.startContainer(spec.name);
    const probe = () => Promise.resolve(false);
    expect(await failureOf(engine.waitUntilReady(spec.name, { probe, timeoutSeconds: 30 }))).toMatchObject({
      code: 'container_died',
      exitCode: 127,
    });
  });

  test('another command replaces the entry point', async () => {
    const spec = await specOf({ command: ['sh', '-c', 'exit 7'] });
    await engine.createContainer(spec);
    await engine.startContainer(spec.name);
    const failure = await failureOf(
      engine.waitUntilReady(spec.name, {
        probe: () => Promise.resolve(false),
        timeoutSeconds: 30,
      }),
    );
    expect(failure).toMatchObject({ code: 'container_died', exitCode: 7 });
  });

  test('a process that never answers is told after the time, and an abort ends the wait', async () => {
    const spec = await specOf({ environment: { STAND_IN: 'hang' } });
    await engine.createContainer(spec);
    await engine.startContainer(spec.name);
    const probe = probeOf(spec.port.host);
    const late = await failureOf(engine.waitUntilReady(spec.name, { probe, timeoutSeconds: 1 }));
    expect(late).toMatchObject({ code: 'not_ready', waitedSeconds: 1 });
    const abort = new AbortController();
    const waiting = failureOf(
      engine.waitUntilReady(spec.name, {
        probe: () => {
          abort.abort();
          return Promise.resolve(false);
        },
        timeoutSeconds: 30,
        signal: abort.signal,
      }),
    );
    expect(await waiting).toEqual({ code: 'aborted' });
  });

  test('stop lets the process end in order; stop, remove and start may be repeated', async () => {
    const spec = await specOf({ restart: 'unless-stopped' });
    await run(spec);
    await engine.startContainer(spec.name);
    await engine.stopContainer(spec.name, 10);
    await engine.stopContainer(spec.name, 10);
    expect(await engine.inspectContainer(spec.name)).toMatchObject({ status: 'exited', exitCode: 0 });
    const lines: LogLine[] = [];
    for await (const line of engine.logs(spec.name, { follow: false })) {
      lines.push(line);
    }
    expect(lines).toContainEqual({ stream: 'stdout', text: `grüße ✓ ${'x'.repeat(20_000)}` });
    expect(lines).toContainEqual({ stream: 'stderr', text: 'to stderr' });
    expect(lines).toContainEqual({ stream: 'stdout', text: 'stopped in order' });
    await engine.removeContainer(spec.name);
    await engine.removeContainer(spec.name);
    await engine.stopContainer(spec.name, 10);
    expect(await engine.inspectContainer(spec.name)).toBeUndefined();
    expect(await failureOf(engine.startContainer(spec.name))).toMatchObject({
      code: 'container_missing',
    });
  });

  test('a followed log ends with the container, or when the reader has enough', async () => {
    const spec = await specOf();
    await run(spec);
    const abort = new AbortController();
    for await (const { text } of engine.logs(spec.name, { follow: true, signal: abort.signal })) {
      if (text === 'to stderr') {
        abort.abort();
      }
    }
    const reading = (async () => {
      const texts: string[] = [];
      for await (const { text } of engine.logs(spec.name, { follow: true, tail: 1 })) {
        texts.push(text);
      }
      return texts;
    })();
    await engine.stopContainer(spec.name, 10);
    expect((await reading).at(-1)).toBe('stopped in order');
  });

  test('a log of a container that is not there is an error', async () => {
    const read = async () => {
      await engine.logs('nvflare-test-none', { follow: false })[Symbol.asyncIterator]().next();
    };
    expect(await failureOf(read())).toEqual({
      code: 'container_missing',
      name: 'nvflare-test-none',
    });
  });
});
