import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { participantYaml } from '../../src/contract/participant-yaml.ts';
import { prepareNvflare } from '../prepare/nvflare.js';
import { Dashboard } from './dashboard.ts';
import { Federation } from './federation.ts';
import { keepStorageApart } from './job-storage.ts';
import { freePort } from './ports.ts';

const runFile = promisify(execFile);
const ADMIN = 'admin@example.org';
const MINUTE = 60_000;
const { environments } = await prepareNvflare(['2.9']);

describe.each(['2.9'].filter((release) => environments[release] !== undefined))(
  'NVFLARE %s after the port of the server was changed',
  (release) => {
    const folder = mkdtempSync(join(tmpdir(), `moved-server-${release}-`));
    const environment = environments[release] ?? '';
    const federation = new Federation(environment);
    const job = join(folder, 'numpy-job');
    cpSync(resolve('test/fixtures/numpy-job'), job, { recursive: true });
    const own = join(folder, 'requests/site-1');
    const kits = { server: '', one: join(own, 'workspace/exam/prod_00/site-1'), two: '', admin: '' };
    const keys = { before: '', after: '' };
    const shell = (command: string, cwd: string) =>
      runFile('sh', ['-c', command], {
        cwd,
        env: {
          ...process.env,
          HOME: folder,
          PATH: `${join(environment, 'bin')}:${process.env['PATH'] ?? ''}`,
        },
      });
    const keyIn = (kit: string): string => readFileSync(join(kit, 'startup/client.key'), 'utf8');

    beforeAll(async () => {
      const [before, after] = [await freePort([1]), await freePort([1])];
      const dashboard = await Dashboard.start(join(folder, 'ours'), {
        target_release: release,
        server_props: { fed_learn_port: before },
      });
      try {
        await dashboard.addUser('org@example.org', 'Hospital_1', 'org_admin');
        await dashboard.addSite('site-1', 'org@example.org', 'Hospital_1');
        const two = await dashboard.addSite('site-2', 'org@example.org', 'Hospital_1');
        await dashboard.freeze();
        mkdirSync(join(folder, 'requests'));
        const yaml = participantYaml('exam', { name: 'site-1', type: 'client', org: 'Hospital_1' });
        writeFileSync(join(folder, 'requests/me.yaml'), yaml);
        await shell('nvflare cert request -p me.yaml', join(folder, 'requests'));
        const request = readFileSync(join(own, 'site-1.request.zip'));
        const { id, zip, command } = await dashboard.certify(request);
        writeFileSync(join(own, 'site-1.signed.zip'), zip);
        await shell(command, own);
        keys.before = keyIn(kits.one);
        await dashboard.reissue({ server_props: { fed_learn_port: after } });
        writeFileSync(join(own, 'site-1.signed.zip'), await dashboard.signedAgain(id));
        await shell(`${command} --force`, own);
        keys.after = keyIn(kits.one);
        kits.server = await dashboard.kit('servers/1', 'localhost');
        kits.two = await dashboard.kit(`clients/${two}`, 'site-2');
        kits.admin = await dashboard.kit('users/1', 'admin');
      } finally {
        await dashboard.stop();
      }
      keepStorageApart(kits.server);
      await federation.start(kits.server);
      await shell('startup/start.sh > start.log 2>&1', kits.one);
      await federation.start(kits.two);
    }, 15 * MINUTE);
    afterAll(async () => {
      await federation.clear(folder);
    }, 8 * MINUTE);

    test(
      'completes a job at a site with its former key and the zip signed anew, and one with the next kit',
      async () => {
        expect(keys.after).toBe(keys.before);
        expect(await federation.console(kits.admin, ADMIN, 'sites', '2')).toEqual({
          sites: ['site-1', 'site-2'],
        });
        expect(await federation.run(kits.admin, ADMIN, job)).toEqual({ status: 'FINISHED:COMPLETED' });
      },
      15 * MINUTE,
    );
  },
);
