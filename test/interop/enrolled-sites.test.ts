import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prepareNvflare } from '../prepare/nvflare.js';
import { Dashboard } from './dashboard.ts';
import { Federation } from './federation.ts';
import { keepStorageApart } from './job-storage.ts';
import { filesWithKey } from './key-traces.ts';
import { freePort } from './ports.ts';

const runFile = promisify(execFile);
const LEAD = 'lead@example.org';
const MINUTE = 60_000;
const SITES = 20;
const RUNNING = ['ward-7', 'ward-8'] as const;
const { environments } = await prepareNvflare(['2.9']);
const environment = environments['2.9'] ?? '';
const names = Array.from({ length: SITES }, (_, at) => `ward-${at}`);

describe('sites that enrol with one token at once, with NVFLARE 2.9', () => {
  const folder = mkdtempSync(join(tmpdir(), 'enrolled-sites-'));
  const places = { dashboard: join(folder, 'ours'), sites: join(folder, 'sites') };
  const job = join(folder, 'numpy-job');
  const federation = new Federation(environment);
  const kits = { server: '', lead: '' };
  let dashboard: Dashboard | undefined;

  const enroll = async (...words: readonly string[]): Promise<void> => {
    const flags = ['--url', dashboard?.url ?? '', ...words, '--token-file', join(folder, 'token')];
    await runFile(join(environment, 'bin', 'python'), [join(folder, 'enroll.py'), ...flags], {
      cwd: places.sites,
      timeout: 5 * MINUTE,
    });
  };

  beforeAll(async () => {
    cpSync(resolve('test/fixtures/numpy-job'), job, { recursive: true });
    mkdirSync(places.sites);
    const port = await freePort([1]);
    dashboard = await Dashboard.start(places.dashboard, {
      target_release: '2.9',
      server_props: { fed_learn_port: port },
    });
    const lead = await dashboard.addUser(LEAD, 'Hospital_1', 'lead');
    await dashboard.freeze();
    kits.server = await dashboard.kit('servers/1', 'localhost');
    kits.lead = await dashboard.kit(`users/${lead}`, LEAD);
    writeFileSync(join(folder, 'enroll.py'), await dashboard.text('/enroll.py'));
    writeFileSync(join(folder, 'token'), await dashboard.enrolmentToken('Hospital_1', 'ward-*', SITES));
    await Promise.all(names.map((name) => enroll('--name', name)));
    keepStorageApart(kits.server);
    for (const kit of [kits.server, ...RUNNING.map((name) => join(places.sites, name))]) {
      await federation.start(kit);
    }
  }, 15 * MINUTE);

  afterAll(async () => {
    await federation.stopAll(folder);
    await dashboard?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }, 15 * MINUTE);

  test('have a whole kit each, with a key that only its owner reads, and nothing beside', () => {
    expect(readdirSync(places.sites).sort()).toEqual([...names].sort());
    const modes = names.map(
      (name) => statSync(join(places.sites, name, 'startup', 'client.key')).mode & 0o777,
    );
    expect(new Set(modes)).toEqual(new Set([0o600]));
  });

  test.each(RUNNING)('have a kit of %s whose files are all signed', async (name) => {
    const script = join(places.sites, name, 'startup', 'verify.sh');
    const PATH = `${join(environment, 'bin')}:${process.env['PATH'] ?? ''}`;
    const { stdout } = await runFile(script, [], { env: { ...process.env, PATH } });
    expect(stdout).not.toContain('not signed');
  });

  test('leave no trace of their keys in the dashboard', () => {
    const key = readFileSync(join(places.sites, RUNNING[0], 'startup', 'client.key'), 'utf8');
    expect(filesWithKey(places.sites, key)).toHaveLength(1);
    expect(filesWithKey(places.dashboard, key)).toEqual([]);
  });

  const serialOf = (name: string): string =>
    new X509Certificate(readFileSync(join(places.sites, name, 'startup', 'client.crt'))).serialNumber;

  test(
    'connect to the server and complete a job',
    async () => {
      expect(await federation.console(kits.lead, LEAD, 'sites', '2')).toEqual({ sites: RUNNING });
      expect(await federation.run(kits.lead, LEAD, job)).toEqual({ status: 'FINISHED:COMPLETED' });
    },
    15 * MINUTE,
  );

  test(
    'are renewed while they run, and complete a job before and after a restart',
    async () => {
      const before = RUNNING.map(serialOf);
      for (const name of RUNNING) {
        await enroll('--renew', name);
      }
      const after = RUNNING.map(serialOf);
      expect(after.filter((serial) => before.includes(serial))).toEqual([]);
      expect(await federation.run(kits.lead, LEAD, job)).toEqual({ status: 'FINISHED:COMPLETED' });
      for (const name of RUNNING) {
        await federation.script(join(places.sites, name), 'stop_fl.sh', '-y');
        await federation.start(join(places.sites, name));
      }
      expect(await federation.console(kits.lead, LEAD, 'sites', '2')).toEqual({ sites: RUNNING });
      expect(await federation.run(kits.lead, LEAD, job)).toEqual({ status: 'FINISHED:COMPLETED' });
    },
    15 * MINUTE,
  );
});
