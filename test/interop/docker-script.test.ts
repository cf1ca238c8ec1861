import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { prepareNvflare } from '../prepare/nvflare.js';
import { Dashboard } from './dashboard.ts';
import { Federation } from './federation.ts';
import { keepStorageApart } from './job-storage.ts';
import { log } from './kit-logs.ts';
import { makeNvflareImage } from './nvflare-image.ts';
import { freePort } from './ports.ts';

const RELEASE = '2.9';
const ADMIN = 'admin@example.org';
const MINUTE = 60_000;

const { environments } = await prepareNvflare([RELEASE]);
const venv = environments[RELEASE];
const engine = process.env['TEST_DOCKER_HOST'];

const Inspected = z.object({
  HostConfig: z.object({ NetworkMode: z.string(), AutoRemove: z.boolean() }),
  Mounts: z.array(z.object({ Source: z.string(), Destination: z.string(), RW: z.boolean() })),
});

test('an engine is at hand for docker.sh', () => {
  expect(process.env['CI'] === 'true' && engine === undefined).toBe(false);
});

describe.each(engine === undefined || venv === undefined ? [] : [[engine, venv] as const])(
  'docker.sh with the engine at %s',
  (host, environment) => {
    const folder = mkdtempSync(join(tmpdir(), 'interop-docker-'));
    const names = { image: `${basename(folder).toLowerCase()}:kit`, server: basename(folder), site: '' };
    names.site = `${names.server}-site`;
    const env = { ...process.env, DOCKER_HOST: host };
    const data = join(folder, 'data');
    const federation = new Federation(environment, {
      DOCKER_HOST: host,
      SVR_NAME: names.server,
      MY_DATA_DIR: data,
    });
    const kits = { server: '', site: '', admin: '' };

    const inspected = (name: string): z.infer<typeof Inspected> => {
      const inspected = execFileSync('docker', ['inspect', name], { env, encoding: 'utf8' });
      const [first] = z.array(Inspected).parse(JSON.parse(inspected));
      if (first === undefined) {
        throw new Error(`nothing is known of ${name}`);
      }
      return first;
    };

    const dockerLogs = (name: string): string => {
      const { stdout, stderr } = spawnSync('docker', ['logs', '--tail', '30', name], {
        env,
        encoding: 'utf8',
      });
      return `${name}\n${stdout}${stderr}`;
    };

    beforeAll(async () => {
      mkdirSync(data);
      makeNvflareImage(names.image, environment, join(folder, 'image'), env);
      const dashboard = await Dashboard.start(join(folder, 'ours'), {
        target_release: RELEASE,
        app_location: `docker pull ${names.image}`,
        server_props: { fed_learn_port: await freePort() },
      });
      try {
        await dashboard.addUser('org@example.org', 'Hospital_1', 'org_admin');
        const site = await dashboard.addSite(names.site, 'org@example.org', 'Hospital_1');
        await dashboard.freeze();
        kits.server = await dashboard.kit('servers/1', 'localhost');
        kits.site = await dashboard.kit(`clients/${site}`, 'site');
        kits.admin = await dashboard.kit('users/1', 'admin');
      } finally {
        await dashboard.stop();
      }
      keepStorageApart(kits.server, '/workspace');
    }, 15 * MINUTE);

    afterAll(() => {
      spawnSync('docker', ['rm', '--force', names.server, names.site], { env });
      spawnSync('docker', ['rmi', '--force', names.image], { env });
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }, 15 * MINUTE);

    test(
      'runs server and site in containers on the network of the machine, where the console finds both',
      async () => {
        await federation.script(kits.server, 'docker.sh', '-d');
        await federation.script(kits.site, 'docker.sh', '-d');
        const registered = (): boolean => log(kits.site, 'log.txt').includes('Successfully registered');
        await federation.waitUntil('the site registers', 300, registered).catch((error: unknown) => {
          const logs = [names.server, names.site].map((name) => dockerLogs(name));
          throw new Error(logs.join('\n---\n'), { cause: error });
        });
        expect(await federation.console(kits.admin, ADMIN, 'sites', '1')).toEqual({ sites: [names.site] });
        expect(inspected(names.server)).toMatchObject({
          HostConfig: { NetworkMode: 'host', AutoRemove: true },
          Mounts: [{ Source: kits.server, Destination: '/workspace', RW: true }],
        });
        expect(inspected(names.site).Mounts).toEqual(
          expect.arrayContaining([
            { Source: kits.site, Destination: '/workspace', RW: true },
            { Source: data, Destination: '/data', RW: false },
          ]),
        );
      },
      20 * MINUTE,
    );

    test(
      'leaves no container behind once it is stopped',
      async () => {
        const containers = (): string =>
          execFileSync('docker', ['ps', '--all', '--format', '{{.Names}}'], { env, encoding: 'utf8' });
        execFileSync('docker', ['stop', names.site, names.server], { env, stdio: 'ignore' });
        await federation.waitUntil(
          'the engine has removed both',
          300,
          () => !containers().includes(names.server),
        );
        expect(containers()).not.toContain(names.site);
      },
      15 * MINUTE,
    );
  },
);
