import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { participantYaml } from '../../src/contract/participant-yaml.ts';
import { prepareNvflare } from '../prepare/nvflare.js';
import { CA_EXTENSIONS, OwnCa } from '../support/own-ca.ts';
import { Dashboard } from './dashboard.ts';
import { Federation } from './federation.ts';
import { keepStorageApart } from './job-storage.ts';
import { freePort } from './ports.ts';

const runFile = promisify(execFile);
const ADMIN = 'admin@example.org';
const MINUTE = 60_000;
/** A hospital's CA with an own issuing CA that allows no further one below the project's. */
const NARROW = [...CA_EXTENSIONS.slice(1), 'basicConstraints=critical,CA:TRUE,pathlen:0'];

const ca = new OwnCa();
const prepareRoot = {
  imported: async (dashboard: Dashboard): Promise<void> => {
    const certificate = ca.make('root', { subject: '/C=DE/O=Hospital/CN=exam' });
    await dashboard.importRoot(certificate, ca.key('root'));
  },
  signed: async (dashboard: Dashboard): Promise<void> => {
    ca.make('hospital', { subject: '/O=Hospital/CN=Hospital Root' });
    ca.make('issuing', { subject: '/O=Hospital/CN=Issuing', issuer: 'hospital' });
    await dashboard.signRoot(
      (request) =>
        ca.sign(request, 'signed', 'issuing', { extensions: NARROW }) +
        ca.certificate('issuing') +
        ca.certificate('hospital'),
    );
  },
} as const;
const CASES = [
  ['2.9', 'imported'],
  ['2.9', 'signed'],
  ['2.7', 'signed'],
] as const;
const { environments } = await prepareNvflare(['2.9', '2.7']);
afterAll(() => {
  ca.remove();
});

describe.each(CASES.filter(([release]) => environments[release] !== undefined))(
  'NVFLARE %s with a root CA that was %s',
  (release, origin) => {
    const folder = mkdtempSync(join(tmpdir(), `own-root-${release}-${origin}-`));
    const environment = environments[release] ?? '';
    const federation = new Federation(environment);
    const job = join(folder, 'numpy-job');
    cpSync(resolve('test/fixtures/numpy-job'), job, { recursive: true });
    const kits = { server: '', one: '', two: '', admin: '' };

    /** A site with a key of its own, where the release has `nvflare package`; a kit of the dashboard otherwise. */
    const secondSite = async (dashboard: Dashboard, id: number): Promise<string> => {
      if (release === '2.7') {
        return dashboard.kit(`clients/${id}`, 'site-2');
      }
      const shell = (command: string, cwd: string) =>
        runFile('sh', ['-c', command], {
          cwd,
          env: {
            ...process.env,
            HOME: folder,
            PATH: `${join(environment, 'bin')}:${process.env['PATH'] ?? ''}`,
          },
        });
      const place = join(folder, 'requests');
      mkdirSync(place);
      const yaml = participantYaml('exam', { name: 'site-2', type: 'client', org: 'Hospital_1' });
      writeFileSync(join(place, 'me.yaml'), yaml);
      await shell('nvflare cert request -p me.yaml', place);
      const own = join(place, 'site-2');
      const { zip, command } = await dashboard.certify(readFileSync(join(own, 'site-2.request.zip')));
      writeFileSync(join(own, 'site-2.signed.zip'), zip);
      await shell(command, own);
      const kit = join(own, 'workspace/exam/prod_00/site-2');
      await shell('startup/start.sh > start.log 2>&1', kit);
      return kit;
    };

    beforeAll(async () => {
      const port = await freePort([1]);
      const dashboard = await Dashboard.start(join(folder, 'ours'), {
        target_release: release,
        server_props: { fed_learn_port: port },
      });
      try {
        await prepareRoot[origin](dashboard);
        await dashboard.addUser('org@example.org', 'Hospital_1', 'org_admin');
        const one = await dashboard.addSite('site-1', 'org@example.org', 'Hospital_1');
        const two = await dashboard.addSite('site-2', 'org@example.org', 'Hospital_1');
        await dashboard.freeze();
        kits.server = await dashboard.kit('servers/1', 'localhost');
        keepStorageApart(kits.server);
        kits.one = await dashboard.kit(`clients/${one}`, 'site-1');
        kits.admin = await dashboard.kit('users/1', 'admin');
        await federation.start(kits.server);
        await federation.start(kits.one);
        kits.two = await secondSite(dashboard, two);
        if (release === '2.7') {
          await federation.start(kits.two);
        }
      } finally {
        await dashboard.stop();
      }
    }, 15 * MINUTE);
    afterAll(async () => {
      await federation.clear(folder);
    }, 8 * MINUTE);

    test('holds only the project’s CA in rootCA.pem', () => {
      const pem = readFileSync(join(kits.one, 'startup/rootCA.pem'), 'utf8');
      expect(pem).toBe(ca.certificate(origin === 'imported' ? 'root' : 'signed'));
    });

    test(
      'passes verify.sh and completes a job',
      async () => {
        expect(await federation.script(kits.one, 'verify.sh')).toContain('rootCA.pem, SHA-256');
        expect(await federation.console(kits.admin, ADMIN, 'sites', '2')).toEqual({
          sites: ['site-1', 'site-2'],
        });
        expect(await federation.run(kits.admin, ADMIN, job)).toEqual({ status: 'FINISHED:COMPLETED' });
      },
      15 * MINUTE,
    );
  },
);
