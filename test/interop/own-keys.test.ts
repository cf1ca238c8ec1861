import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { participantYaml, type YamlParticipant } from '../../src/contract/participant-yaml.ts';
import { prepareNvflare } from '../prepare/nvflare.js';
import { Dashboard } from './dashboard.ts';
import { Federation } from './federation.ts';
import { keepStorageApart } from './job-storage.ts';
import { filesWithKey } from './key-traces.ts';
import { freePort } from './ports.ts';

const runFile = promisify(execFile);
const LEAD = 'lead@example.org';
const MINUTE = 60_000;
const RELEASES = ['2.9', '2.8'];
/** Where the server's key is generated. */
const CASES = [
  ['2.9', 'dashboard'],
  ['2.9', 'server'],
  ['2.8', 'dashboard'],
] as const;
const { environments } = await prepareNvflare(RELEASES);

describe.each(CASES.filter(([release]) => environments[release] !== undefined))(
  'keys of a site and a person that stay with them, with NVFLARE %s and the key of the server from the %s',
  (release, origin) => {
    const folder = mkdtempSync(join(tmpdir(), `own-keys-${release}-`));
    const places = { dashboard: join(folder, 'ours'), requests: join(folder, 'requests') };
    const job = join(folder, 'numpy-job');
    cpSync(resolve('test/fixtures/numpy-job'), job, { recursive: true });
    const environment = environments[release] ?? '';
    const federation = new Federation(environment);
    const kits = { server: '', site: '', other: '', lead: '' };
    const keyOf = (name: string): string => readFileSync(join(places.requests, name, `${name}.key`), 'utf8');

    /** Not synchronous, so that connections which the dashboard closes meanwhile are not used again. */
    const shell = async (command: string, cwd: string): Promise<void> => {
      await runFile('sh', ['-c', command], {
        cwd,
        env: {
          ...process.env,
          HOME: folder,
          PATH: `${join(environment, 'bin')}:${process.env['PATH'] ?? ''}`,
        },
        timeout: 8 * MINUTE,
      });
    };

    /** NVIDIA's start.sh leaves its output open, and its stop_fl.sh asks back: what runs ends with the folder. */
    const startOfNvflare = async (kit: string): Promise<void> => {
      await shell('startup/start.sh > start.log 2>&1', kit);
    };

    /** As at a site: key and request there, the answer from the dashboard, the kit there. */
    const enrol = async (dashboard: Dashboard, participant: YamlParticipant): Promise<string> => {
      const { name } = participant;
      writeFileSync(join(places.requests, 'me.yaml'), participantYaml('exam', participant));
      await shell('nvflare cert request -p me.yaml', places.requests);
      const own = join(places.requests, name);
      const { zip, command } = await dashboard.certify(readFileSync(join(own, `${name}.request.zip`)));
      writeFileSync(join(own, `${name}.signed.zip`), zip);
      await shell(command, own);
      return join(own, 'workspace/exam/prod_00', name);
    };

    beforeAll(async () => {
      mkdirSync(places.requests);
      const port = await freePort([1]);
      const dashboard = await Dashboard.start(places.dashboard, {
        target_release: release,
        server_props: { fed_learn_port: port },
      });
      try {
        await dashboard.addUser('org@example.org', 'Hospital_1', 'org_admin');
        await dashboard.addUser(LEAD, 'Hospital_1', 'lead');
        await dashboard.addSite('site-1', 'org@example.org', 'Hospital_1');
        const other = await dashboard.addSite('site-2', 'org@example.org', 'Hospital_1');
        await dashboard.freeze();
        kits.server =
          origin === 'dashboard'
            ? await dashboard.kit('servers/1', 'localhost')
            : await enrol(dashboard, { name: 'localhost', type: 'server', org: 'Lab_1' });
        kits.site = await enrol(dashboard, { name: 'site-1', type: 'client', org: 'Hospital_1' });
        kits.other = await dashboard.kit(`clients/${other}`, 'site-2');
        kits.lead = await enrol(dashboard, { name: LEAD, type: 'admin', org: 'Hospital_1', role: 'lead' });
      } finally {
        await dashboard.stop();
      }
      keepStorageApart(kits.server);
      const own = new Set([kits.other, ...(origin === 'dashboard' ? [kits.server] : [])]);
      for (const kit of [kits.server, kits.site, kits.other]) {
        await (own.has(kit) ? federation.start(kit) : startOfNvflare(kit));
      }
    }, 15 * MINUTE);

    afterAll(async () => {
      await federation.clear(folder);
    }, 15 * MINUTE);

    test(
      'complete a job beside a site with a kit from the dashboard',
      async () => {
        const response = await federation.console(kits.lead, LEAD, 'sites', '2');
        expect(response).toEqual({ sites: ['site-1', 'site-2'] });
        expect(await federation.run(kits.lead, LEAD, job)).toEqual({ status: 'FINISHED:COMPLETED' });
      },
      15 * MINUTE,
    );

    test.each(['site-1', LEAD])('leave no trace of the key of %s in the dashboard', (name) => {
      const key = keyOf(name);
      expect(filesWithKey(join(places.requests, name), key)).toContain(
        join(places.requests, name, `${name}.key`),
      );
      const project = join(places.dashboard, 'dashboard');
      const backup = ['bin/dashboard.js', 'backup', '-f', project, join(folder, `${name}.tar.gz`)];
      execFileSync(process.execPath, backup, { stdio: 'pipe' });
      const restored = join(folder, `restored-${name}`);
      mkdirSync(restored);
      execFileSync('tar', ['-xzf', join(folder, `${name}.tar.gz`), '-C', restored]);
      expect(filesWithKey(restored, key)).toEqual([]);
      expect(filesWithKey(places.dashboard, key)).toEqual([]);
    });
  },
);
