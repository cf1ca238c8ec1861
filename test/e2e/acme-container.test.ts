import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { startPebble, type Pebble } from '../support/pebble.ts';
import { servedFingerprint } from '../support/served-fingerprint.ts';
import { uniqueName } from '../support/unique-name.ts';
import { until } from '../support/until.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard, type Ended } from './command.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';

const MINUTES = 60_000;
const Issued = z.object({ state: z.string(), fingerprint: z.string() });

describeWithEngine('dashboard tls acme, for a dashboard in a container', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  const folder = makeFolder();
  const ca = makeFolder();
  let pebble: Pebble;
  const run = (...args: readonly string[]): Promise<Ended> => dashboard([...args], { cwd: folder.path });
  const issue = async (...args: readonly string[]) => {
    const ended = await run('tls', ...args, '--json');
    expect([ended.exitCode, ended.stderr]).toEqual([0, '']);
    return Issued.parse(JSON.parse(ended.stdout));
  };

  beforeAll(async () => {
    pebble = await startPebble(ca.path);
  }, MINUTES);
  afterAll(async () => {
    docker('rm', '-f', name);
    await pebble.stop();
    folder.remove();
    ca.remove();
  });

  test(
    'takes the place of a self-signed pair, and is renewed, without a restart',
    async () => {
      await run('tls', 'self-signed', 'dash.example.org');
      const port = await freePort();
      const options = ['-i', image, '--name', name, '-p', String(port)];
      const started = await run('start', ...options, '--cred', 'admin@example.org:Amber-Lantern-3:org');
      expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
      const place = ['--directory', pebble.directory, '--ca-file', pebble.caFile];
      const listen = ['--listen', `127.0.0.1:${pebble.httpPort}`];
      const obtained = await issue('acme', '--domain', 'dash.example.org', ...place, ...listen, '--yes');
      await until(async () => (await servedFingerprint(port)) === obtained.fingerprint);
      const renewed = await issue('renew', '--force');
      expect(renewed.state).toBe('renewed');
      await until(async () => (await servedFingerprint(port)) === renewed.fingerprint);
      expect(existsSync(join(folder.path, 'cert', 'acme.json'))).toBe(true);
      expect((await run('stop', '--name', name)).exitCode).toBe(0);
    },
    3 * MINUTES,
  );
});
