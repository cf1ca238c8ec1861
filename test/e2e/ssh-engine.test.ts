import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard, type Ended } from './command.ts';
import { noSshServer, startSshServer, type SshServer } from './ssh-server.ts';
import { describeWithEngine, docker, engineSocket, makeFolder } from './surroundings.ts';

const MINUTES = 60_000;
const CONTEXT = 'clinic';

describeWithEngine(
  'an engine that is reached by ssh',
  () => {
    const image = useBuiltImage();
    const name = uniqueName();
    const folder = makeFolder();
    const keys = makeFolder();
    let server: SshServer;
    let address = '';
    const run = (host: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> =>
      dashboard([...args, '--name', name], {
        cwd: folder.path,
        environment: { PATH: `${server.binFolder}:${process.env['PATH'] ?? ''}`, ...host },
      });

    beforeAll(async () => {
      server = await startSshServer(keys.path);
      address = `ssh://root@127.0.0.1:${server.port}${engineSocket}`;
    });
    afterAll(async () => {
      docker('rm', '-f', name);
      await server.stop();
      folder.remove();
      keys.remove();
    });

    test(
      'runs the dashboard, with secrets over standard input, logs and stop',
      async () => {
        const host = { DOCKER_HOST: address };
        const options = ['-i', image, '-p', String(await freePort())];
        const credential = ['--cred', 'admin@example.org:Amber-Lantern-3:org'];
        const started = await run(host, 'start', ...options, ...credential);
        expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
        expect((await run(host, 'status')).stdout).toContain('Running: http://127.0.0.1:');
        expect((await run(host, 'logs')).stdout).toContain('ready');
        expect((await run(host, 'stop')).exitCode).toBe(0);
        expect(docker('ps', '-aq', '--filter', `name=${name}`).text).toBe('');
      },
      2 * MINUTES,
    );

    test(
      'is found through a docker context',
      async () => {
        const id = createHash('sha256').update(CONTEXT).digest('hex');
        const meta = join(folder.path, '.docker', 'contexts', 'meta', id);
        mkdirSync(meta, { recursive: true });
        const context = { Name: CONTEXT, Endpoints: { docker: { Host: address } } };
        writeFileSync(join(meta, 'meta.json'), JSON.stringify(context));
        const doctor = await run({ DOCKER_HOST: '', DOCKER_CONTEXT: CONTEXT }, 'doctor', '--json');
        expect(JSON.parse(doctor.stdout)).toMatchObject({
          findings: expect.arrayContaining([
            expect.objectContaining({ check: 'engine', level: 'ok', text: expect.stringContaining(address) }),
          ]),
        });
      },
      MINUTES,
    );

    test(
      'says what ssh said when it does not get there',
      async () => {
        const cases = [
          [`ssh://root@127.0.0.1:${await freePort()}`, 'Connection refused'],
          [`ssh://nobody@127.0.0.1:${server.port}`, 'Permission denied'],
          [`ssh://root@127.0.0.1:${server.port}/none.sock`, 'none.sock'],
        ] as const;
        for (const [host, reason] of cases) {
          const ended = await run({ DOCKER_HOST: host }, 'status');
          expect([ended.exitCode, ended.stdout, ended.stderr]).toEqual([
            3,
            '',
            expect.stringMatching(
              new RegExp(
                `^Error: .*${host.replaceAll('.', '\\.')} \\(DOCKER_HOST\\): ssh failed \\(.*${reason}`,
              ),
            ),
          ]);
        }
      },
      MINUTES,
    );
  },
  noSshServer,
);
