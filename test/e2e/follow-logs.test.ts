import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard, Terminal, type Ended } from './command.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';

const MINUTES = 180_000;
const CTRL_C = '\u0003';

/** A followed log, the same for a container and a plain process. */
const following = (startOptions: () => readonly string[]): void => {
  let folder: ReturnType<typeof makeFolder>;
  let name = '';
  const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path });

  beforeEach(async () => {
    folder = makeFolder();
    name = uniqueName();
    const credential = ['--cred', 'admin@example.org:Amber-Lantern-3:org'];
    const port = String(await freePort());
    const started = await run('start', '--name', name, '-p', port, ...credential, ...startOptions());
    expect(started.exitCode).toBe(0);
  }, MINUTES);
  afterEach(async () => {
    await run('stop', '--timeout', '1');
    folder.remove();
  }, MINUTES);

  test(
    'goes on after a restart',
    async () => {
      const log = new Terminal(['logs', '-f'], { cwd: folder.path });
      await log.see('ready');
      expect((await run('restart')).exitCode).toBe(0);
      await log.see('ready');
      log.type(CTRL_C);
      expect(await log.ended).toBe(0);
    },
    MINUTES,
  );
};

describe('the followed log of a plain process', () => {
  following(() => ['--local']);
});

describeWithEngine('the followed log of a container', () => {
  const image = useBuiltImage();
  following(() => ['-i', image]);

  test(
    'goes on after the engine restarted the container, and repeats nothing',
    async () => {
      const folder = makeFolder();
      const name = uniqueName();
      const credential = ['--cred', 'admin@example.org:Amber-Lantern-3:org'];
      const port = String(await freePort());
      const start = ['start', '--name', name, '-p', port, '-i', image, ...credential];
      expect((await dashboard(start, { cwd: folder.path })).exitCode).toBe(0);
      const log = new Terminal(['logs', '-f', '--raw'], { cwd: folder.path });
      await log.see('"msg":"ready"');
      expect(docker('restart', '-t', '5', name).status).toBe(0);
      await log.see('"msg":"ready"');
      log.type(CTRL_C);
      expect(await log.ended).toBe(0);
      expect(log.text.match(/"msg":"ready"/g)).toHaveLength(2);
      await dashboard(['stop', '--timeout', '1'], { cwd: folder.path });
      folder.remove();
    },
    MINUTES,
  );
});
