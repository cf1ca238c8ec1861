import { rmSync, writeFileSync } from 'node:fs';
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
const BROKEN = 'server:\n  fed_learn_port: 99999999\n  admin_port: Amber-Secret-7\n';
const WARNED = 'properties.yml in the project folder is wrong: server.fed_learn_port';
const ADVICE = 'Correct the file: until then no startup kits are made.';

const Warned = z.object({ state: z.string(), warnings: z.array(z.string()) });
const Ready = z.object({ warnings: z.number() });

/** Defines the tests of a properties file, the same for a container and a plain process. */
const propertiesWork = (startOptions: () => readonly string[], name: string): void => {
  const folder = makeFolder();
  let port = 0;
  const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path });
  const target = (): readonly string[] => [
    ...['--name', name],
    ...startOptions().filter((option) => option === '--local'),
  ];
  const start = (...more: readonly string[]): Promise<Ended> =>
    run(
      'start',
      '-p',
      String(port),
      '--name',
      name,
      ...startOptions(),
      '--cred',
      CREDENTIAL,
      '--restart',
      'no',
      ...more,
    );
  const stop = (): Promise<Ended> => run('stop', ...target());

  beforeAll(async () => {
    port = await freePort();
  });
  afterAll(async () => {
    await stop();
    folder.remove();
  }, MINUTES);

  test(
    'a broken one is named at the start, which goes on, and in one line of the log',
    async () => {
      writeFileSync(join(folder.path, 'properties.yml'), BROKEN);
      const started = await start();
      expect([started.exitCode, started.stderr]).toEqual([0, expect.stringContaining(`Warning: ${WARNED}`)]);
      expect(started.stderr).toContain(ADVICE);
      expect(started.stderr).not.toContain('Amber-Secret-7');
      const log = await run('logs', ...target());
      expect(log.stdout.split('\n').filter((line) => line.includes(WARNED))).toHaveLength(1);
      expect(log.stdout).not.toContain('Amber-Secret-7');
      const ready = await fetch(`http://127.0.0.1:${port}/ready`);
      // The other one is of plain HTTP.
      expect(Ready.parse(await ready.json()).warnings).toBe(2);
      expect((await run('status', ...target())).stdout).toContain('2 at its start (dashboard logs)');
      expect((await stop()).exitCode).toBe(0);
    },
    3 * MINUTES,
  );

  test(
    'the warning is in the document of --json too',
    async () => {
      const { state, warnings } = Warned.parse(JSON.parse((await start('--json')).stdout));
      expect([state, warnings.at(-1)]).toEqual(['started', expect.stringContaining(WARNED)]);
      expect((await stop()).exitCode).toBe(0);
    },
    3 * MINUTES,
  );

  test(
    'a sound one, or none, is not talked of',
    async () => {
      writeFileSync(join(folder.path, 'properties.yml'), 'server:\n  fed_learn_port: 9002\n');
      expect(await start()).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('properties') });
      expect((await stop()).exitCode).toBe(0);
      rmSync(join(folder.path, 'properties.yml'));
      expect(await start()).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('properties') });
      expect((await stop()).exitCode).toBe(0);
    },
    3 * MINUTES,
  );
};

describe('the properties file of a plain process', () => {
  propertiesWork(() => ['--local'], uniqueName());
});

describeWithEngine('the properties file of a container', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  propertiesWork(() => ['--image', image], name);
  afterAll(() => {
    docker('rm', '-f', name);
  });
});
