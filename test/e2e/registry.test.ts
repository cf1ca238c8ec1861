import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { useBuiltImage } from './built-image.ts';
import { dashboard, type Ended } from './command.ts';
import { PASSWORD, prepareRegistry, startRegistry, USER, type Registry } from './registry.ts';
import { describeWithEngine, docker, makeFolder, shellEnvironment } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;

const imageInRegistry = (): void => {
  const built = useBuiltImage();
  const name = uniqueName();
  const folder = makeFolder();
  const stranger = makeFolder();
  const files = makeFolder();
  let registry: Registry;
  let image = '';
  /** The docker command as the person whose home the folder is. */
  const asPerson = (args: readonly string[], input = ''): void => {
    const env = shellEnvironment(folder.path);
    const { status, stderr } = spawnSync('docker', args, { env, input, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, expect.any(String)]);
  };
  const run = (home: string, ...args: readonly string[]): Promise<Ended> =>
    dashboard([...args, '-f', folder.path], { cwd: home });

  beforeAll(async () => {
    registry = await startRegistry(join(files.path, 'registry'));
    image = `${registry.host}/team/dashboard:1`;
    asPerson(['login', '--username', USER, '--password-stdin', registry.host], PASSWORD);
    asPerson(['tag', built, image]);
    asPerson(['push', '--quiet', image]);
    asPerson(['rmi', image]);
  }, 2 * MINUTES);
  afterAll(async () => {
    docker('rm', '-f', name);
    docker('rmi', '-f', image);
    await registry.stop();
    for (const { remove } of [folder, stranger, files]) {
      remove();
    }
  });

  const start = async (home: string, reference: string): Promise<Ended> =>
    run(
      home,
      ...['start', '-i', reference, '--name', name, '-p', String(await freePort())],
      ...['--cred', 'admin@example.org:Amber-Lantern-3:org'],
    );

  test(
    'is not had without a log-in, nor under a tag that it has not',
    async () => {
      const denied = await start(stranger.path, image);
      expect([denied.exitCode, denied.stdout]).toEqual([5, '']);
      expect(denied.stderr).toMatch(
        /^Error: The image .*\/team\/dashboard:1 is unavailable: .+\nCheck .*docker login/m,
      );
      const unknown = await start(folder.path, `${registry.host}/team/dashboard:2`);
      expect([unknown.exitCode, unknown.stdout]).toEqual([5, '']);
      expect(unknown.stderr).toMatch(/manifest.*unknown|not found/i);
      expect(docker('ps', '-aq', '--filter', `name=${name}`).text).toBe('');
    },
    2 * MINUTES,
  );

  test(
    'is pulled with the log-in that `docker login` stored, and runs',
    async () => {
      const started = await start(folder.path, image);
      expect([started.exitCode, started.stdout]).toEqual([0, expect.stringContaining('Started.')]);
      expect(started.stderr).toContain(`Pulling the image ${image}`);
      expect(started.stderr + started.stdout).not.toContain(PASSWORD);
      expect((await run(folder.path, 'stop', '--name', name)).exitCode).toBe(0);
    },
    2 * MINUTES,
  );

  test('is pulled by itself too, with a document for scripts', async () => {
    const pulled = await dashboard(['image', 'pull', image, '--json'], { cwd: folder.path });
    expect([pulled.exitCode, JSON.parse(pulled.stdout)]).toEqual([0, expect.objectContaining({ ok: true })]);
  });
};

describeWithEngine('an image in a registry', imageInRegistry, prepareRegistry());
