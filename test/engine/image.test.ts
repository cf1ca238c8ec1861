import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Docker from 'dockerode';
import { z } from 'zod';
import { packContext } from '../../src/cli/deployment/container/image-context/image-context.ts';
import type { Engine, ImageProgress } from '../../src/engine/engine.ts';
import { LABELS } from '../../src/engine/spec.ts';
import { baseImage, connectTo, dockerHost, failureOf, noEngine } from './real-engine.ts';
import { copyInstalled, makeStandInPackage, type StandInPackage } from './stand-in-package.ts';
import { uniqueName } from '../support/unique-name.ts';

const suite = noEngine === undefined ? describe : describe.skip;

suite('images on a real engine', () => {
  const reference = `${uniqueName()}:9.8.7`;
  let engine: Engine;
  let standIn: StandInPackage;
  let folder: string;
  const raw = new Docker({ socketPath: dockerHost.slice('unix://'.length) });

  beforeAll(async () => {
    engine = await connectTo(dockerHost);
    standIn = await makeStandInPackage();
    folder = await mkdtemp(join(tmpdir(), 'nvflare-dashboard-images-'));
  });

  afterAll(async () => {
    await raw.getImage(reference).remove({ force: true });
    await standIn.remove();
    await rm(folder, { recursive: true, force: true });
  });

  test('the image is built from the package, with every step reported', async () => {
    const seen: ImageProgress[] = [];
    const image = await engine.buildImage(
      { context: () => packContext(standIn.root), reference, baseImage },
      { onProgress: (progress) => seen.push(progress) },
    );
    expect(image.dashboardVersion).toBe('9.8.7');
    expect(image.references).toContain(reference);
    const base = await engine.inspectImage(baseImage);
    expect(image.sizeBytes - (base?.sizeBytes ?? 0)).toBeLessThan(40 * 1024 ** 2);
    const steps = seen.filter((progress) => progress.kind === 'step');
    expect(steps.length).toBeGreaterThan(10);
    expect(steps.at(-1)?.step).toBe(steps.at(-1)?.of);
    const sent = seen.filter((progress) => progress.kind === 'context').at(-1);
    expect(sent?.sentBytes).toBe(sent?.totalBytes);
    expect(await engine.inspectImage(reference)).toEqual(image);
    const filters = JSON.stringify({ dangling: ['true'], label: [LABELS.stage] });
    expect(await raw.listImages({ filters })).toEqual([]);
  });

  test('holds only the runtime dependencies and runs without privileges', async () => {
    const inspected = await raw.getImage(reference).inspect();
    expect(inspected.Config.User).toBe('1000:1000');
    const list = await raw.createContainer({
      Image: reference,
      Entrypoint: ['ls', 'node_modules', 'node_modules/better-sqlite3'],
    });
    try {
      await list.start();
      await list.wait();
      const output = (await list.logs({ stdout: true, stderr: true, follow: false })).toString();
      expect(output).toContain('fastify');
      expect(output).toContain('better-sqlite3');
      expect(output).not.toMatch(/typescript|vite|node-addon-api|deps/);
    } finally {
      await list.remove({ force: true });
    }
  });

  test('a replaced image goes, unless a name or a container still leads to it', async () => {
    const named = await engine.inspectImage(reference);
    await engine.dropNameless(named?.id ?? '');
    expect(await engine.inspectImage(reference)).toEqual(named);
    const source = await raw.createContainer({ Image: reference, Entrypoint: ['true'] });
    const { Id: id } = z.object({ Id: z.string() }).parse(await source.commit());
    await source.remove();
    const user = await raw.createContainer({ Image: id, Entrypoint: ['true'] });
    await engine.dropNameless(id);
    expect((await engine.inspectImage(id))?.references).toEqual([]);
    await user.remove();
    await engine.dropNameless(id);
    expect(await engine.inspectImage(id)).toBeUndefined();
    await engine.dropNameless(id);
  });

  test('a base image that cannot be had fails the build and says which', async () => {
    const failure = await failureOf(
      engine.buildImage({
        context: () => packContext(standIn.root),
        reference: `${uniqueName()}:1`,
        baseImage: 'registry.invalid/none:1',
      }),
    );
    expect(failure).toMatchObject({
      code: 'image_unavailable',
      operation: 'base',
      reference: 'registry.invalid/none:1',
    });
  });

  test('a package that was not built is refused before the engine is asked', async () => {
    const failure = await failureOf(engine.buildImage({ context: () => packContext(folder), reference }));
    expect(failure).toMatchObject({
      code: 'image_unavailable',
      operation: 'build',
      detail: expect.stringContaining('dist/backend/entry/main.js'),
    });
  });

  test('rejects a base image in which the database module does not load', async () => {
    const foreign = await makeStandInPackage(['better-sqlite3']);
    try {
      await rm(join(foreign.root, 'node_modules'));
      await copyInstalled(foreign.root, ['better-sqlite3']);
      for (const platform of ['linux', 'linuxmusl']) {
        for (const arch of ['x64', 'arm64']) {
          await writeFile(
            join(foreign.root, `node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`),
            randomBytes(100),
          );
        }
      }
      await writeFile(
        join(foreign.root, 'dist/backend/entry/main.js'),
        "import Database from 'better-sqlite3';\nnew Database(':memory:');\n",
      );
      const failure = await failureOf(
        engine.buildImage({
          context: () => packContext(foreign.root),
          reference: `${uniqueName()}:1`,
          baseImage,
        }),
      );
      if (failure.code !== 'image_unavailable') {
        throw new Error(failure.code);
      }
      expect(failure.output.join('\n')).toMatch(/ERR_DLOPEN_FAILED/);
    } finally {
      await foreign.remove();
    }
  });

  test('an aborted build ends as aborted and leaves no image', async () => {
    const abort = new AbortController();
    const target = `${uniqueName()}:1`;
    const failure = await failureOf(
      engine.buildImage(
        { context: () => packContext(standIn.root), reference: target, baseImage },
        {
          signal: abort.signal,
          onProgress: ({ kind }) => {
            if (kind === 'context') {
              abort.abort();
            }
          },
        },
      ),
    );
    expect(failure.code).toBe('aborted');
    expect(await engine.inspectImage(target)).toBeUndefined();
  });

  test('a pull that fails says so although the engine answers with success', async () => {
    const failure = await failureOf(engine.pullImage('registry.invalid/none:1'));
    expect(failure).toMatchObject({
      code: 'image_unavailable',
      operation: 'pull',
      reference: 'registry.invalid/none:1',
    });
    const last = await failureOf(engine.pullImage('localhost:1/none:1'));
    expect(last).toMatchObject({ code: 'image_unavailable', reason: 'network' });
  });

  test('an image that is not there is undefined', async () => {
    expect(await engine.inspectImage('nvflare-test-none:1')).toBeUndefined();
  });

  test('a saved image can be loaded again and is the same; the archive is private', async () => {
    const file = join(folder, 'image.tar');
    const before = await engine.inspectImage(reference);
    const seen: ImageProgress[] = [];
    await engine.saveImage(reference, file, { onProgress: (progress) => seen.push(progress) });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(seen.at(-1)).toMatchObject({ kind: 'archive', bytes: (await stat(file)).size });
    await raw.getImage(reference).remove({ force: true });
    expect(await engine.inspectImage(reference)).toBeUndefined();
    const loaded = await engine.loadImage(file);
    expect(loaded).toEqual([before]);
  });

  test('a failed or aborted save leaves no file', async () => {
    const file = join(folder, 'none.tar');
    const failure = await failureOf(engine.saveImage('nvflare-test-none:1', file));
    expect(failure).toMatchObject({ code: 'image_unavailable', operation: 'save' });
    const abort = new AbortController();
    const aborted = await failureOf(
      engine.saveImage(reference, file, {
        signal: abort.signal,
        onProgress: () => {
          abort.abort();
        },
      }),
    );
    expect(aborted.code).toBe('aborted');
    expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, false]);
  });

  test('a file that holds no image is refused', async () => {
    const file = join(folder, 'noise.tar');
    await writeFile(file, randomBytes(10_000));
    const failure = await failureOf(engine.loadImage(file));
    expect(failure).toMatchObject({ code: 'image_unavailable', operation: 'load' });
  });

  test.each(['missing.tar', '.'])('names the archive that cannot be read: %s', async (name) => {
    const failure = await failureOf(engine.loadImage(join(folder, name)));
    expect(failure).toEqual({ code: 'archive_unusable', operation: 'load', file: join(folder, name) });
  });

  test('names the archive that cannot be written', async () => {
    const file = join(folder, 'missing', 'image.tar');
    const failure = await failureOf(engine.saveImage(reference, file));
    expect(failure).toEqual({ code: 'archive_unusable', operation: 'save', file });
  });
});
