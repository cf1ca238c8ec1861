import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { useBuiltImage } from './built-image.ts';
import { dashboard, type Ended } from './command.ts';
import { makeEngineCertificates, startRemoteEngine, type RemoteEngine } from './remote-engine.ts';
import { describeWithEngine, docker, engineSocket, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;
const CONTEXT = 'ward';

describeWithEngine('an engine that is reached by TLS', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  const folder = makeFolder();
  const keys = makeFolder();
  let engine: RemoteEngine;
  let address = '';
  const run = (environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> =>
    dashboard([...args, '--name', name], { cwd: folder.path, environment });
  const start = async (environment: Readonly<Record<string, string>>): Promise<Ended> => {
    const settings = ['-i', image, '-p', String(await freePort())];
    return run(environment, 'start', ...settings, '--cred', 'admin@example.org:Amber-Lantern-3:org');
  };

  beforeAll(async () => {
    makeEngineCertificates(keys.path);
    engine = await startRemoteEngine(engineSocket, keys.path);
    address = `tcp://127.0.0.1:${engine.port}`;
  });
  afterAll(async () => {
    docker('rm', '-f', name);
    await engine.stop();
    folder.remove();
    keys.remove();
  });

  test(
    'runs the dashboard with the certificates of DOCKER_CERT_PATH',
    async () => {
      const surroundings = {
        DOCKER_HOST: address,
        DOCKER_TLS_VERIFY: '1',
        DOCKER_CERT_PATH: keys.path,
      };
      const started = await start(surroundings);
      expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringMatching(/Error|Deprecat/)]);
      expect((await run(surroundings, 'status')).exitCode).toBe(0);
      expect((await run(surroundings, 'logs')).stdout).toContain('listening');
      expect((await run(surroundings, 'stop')).exitCode).toBe(0);
      expect(docker('ps', '-aq', '--filter', `name=${name}`).text).toBe('');
    },
    2 * MINUTES,
  );

  test(
    'runs the dashboard with the certificates of a docker context',
    async () => {
      const id = createHash('sha256').update(CONTEXT).digest('hex');
      const [meta, tls] = [
        join(folder.path, '.docker', 'contexts', 'meta', id),
        join(folder.path, '.docker', 'contexts', 'tls', id, 'docker'),
      ];
      mkdirSync(meta, { recursive: true });
      mkdirSync(tls, { recursive: true });
      writeFileSync(
        join(meta, 'meta.json'),
        JSON.stringify({ Name: CONTEXT, Endpoints: { docker: { Host: address } } }),
      );
      for (const file of ['ca.pem', 'cert.pem', 'key.pem']) {
        cpSync(join(keys.path, file), join(tls, file));
      }
      const surroundings = { DOCKER_HOST: '', DOCKER_CONTEXT: CONTEXT };
      expect(await start(surroundings)).toMatchObject({ exitCode: 0 });
      expect((await run(surroundings, 'stop')).exitCode).toBe(0);
    },
    2 * MINUTES,
  );

  test('says which endpoint it was when the certificates are not the engine’s, or there are none', async () => {
    const foreign = makeFolder();
    makeEngineCertificates(foreign.path);
    for (const surroundings of [
      { DOCKER_HOST: address, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: foreign.path },
      { DOCKER_HOST: address, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: join(foreign.path, 'none') },
      { DOCKER_HOST: address },
    ]) {
      const refused = await start(surroundings);
      expect([refused.exitCode, refused.stdout]).toEqual([3, '']);
      expect(refused.stderr).toContain(`No container engine responds: ${address} (DOCKER_HOST)`);
    }
    foreign.remove();
  });
});
