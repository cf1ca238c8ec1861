import { cpSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prepareNvflare } from '../prepare/nvflare.js';
import { until } from '../support/until.ts';
import { Dashboard } from './dashboard.ts';
import { Federation } from './federation.ts';
import { keepStorageApart } from './job-storage.ts';
import { log } from './kit-logs.ts';
import { freePort } from './ports.ts';

const RELEASE = '2.9';
const ADMIN = 'admin@example.org';
const LAB = 'Hospital_1';
const ORG = 'org@example.org';
const MINUTE = 60_000;
const hasJemalloc = process.env['CI'] === 'true' || existsSync('/usr/share/doc/libjemalloc2');

const { environments, reason } = await prepareNvflare([RELEASE]);

test('NVIDIA FLARE is at hand', () => {
  expect(process.env['CI'] === 'true' ? reason : undefined).toBeUndefined();
});

describe.each([RELEASE].filter((release) => environments[release] !== undefined))('NVFLARE %s', (release) => {
  const folder = mkdtempSync(join(tmpdir(), 'interop-relays-'));
  const job = join(folder, 'numpy-job');
  cpSync(resolve('test/fixtures/numpy-job'), job, { recursive: true });
  const federation = new Federation(environments[release] ?? '');
  const kits = { server: '', strict: '', outer: '', inner: '', direct: '', below: '', admin: '' };
  const ports = { server: 0, outer: 0, inner: 0 };

  beforeAll(async () => {
    ports.server = await freePort();
    ports.outer = await freePort();
    ports.inner = await freePort();
    const dashboard = await Dashboard.start(join(folder, 'ours'), {
      target_release: release,
      server_props: { fed_learn_port: ports.server },
      require_signed_jobs: false,
      jemalloc: true,
    });
    const add = (name: string, more: object = {}) => dashboard.addSite(name, ORG, LAB, more);
    const relay = (port: number, more: object = {}) => ({
      type: 'relay',
      props: { listening_host: { default_host: 'localhost', port }, ...more },
    });
    try {
      await dashboard.addUser(ORG, LAB, 'org_admin');
      const outer = await add('relay-1', relay(ports.outer));
      const inner = await add('relay-2', relay(ports.inner, { connect_to: { name: 'relay-1' } }));
      const direct = await add('direct');
      const below = await add('below', { props: { connect_to: { name: 'relay-2' } } });
      await dashboard.freeze();
      kits.server = await dashboard.kit('servers/1', 'server');
      kits.outer = await dashboard.kit(`clients/${outer}`, 'relay-1');
      kits.inner = await dashboard.kit(`clients/${inner}`, 'relay-2');
      kits.direct = await dashboard.kit(`clients/${direct}`, 'direct');
      kits.below = await dashboard.kit(`clients/${below}`, 'below');
      kits.admin = await dashboard.kit('users/1', 'admin');
      await dashboard.setProject({ require_signed_jobs: true });
      kits.strict = await dashboard.kit('servers/1', 'strict');
    } finally {
      await dashboard.stop();
    }
    keepStorageApart(kits.server);
    for (const kit of [kits.server, kits.outer, kits.inner, kits.direct, kits.below]) {
      await federation.start(kit);
    }
  }, 15 * MINUTE);

  afterAll(async () => {
    await federation.clear(folder);
  }, 15 * MINUTE);

  test(
    'registers a site through two relays that the dashboard made kits for',
    async () => {
      expect(await federation.console(kits.admin, ADMIN, 'sites', '2')).toEqual({
        sites: ['below', 'direct'],
      });
      // A relay that the server was not ready for authenticates anew a few seconds later.
      for (const relay of [kits.outer, kits.inner]) {
        await until(() => log(relay, 'log.txt').includes('Successfully authenticated to localhost'));
      }
      expect(log(kits.below, 'log.txt')).toContain(`:${ports.inner}`);
      expect(log(kits.below, 'log.txt')).not.toMatch(new RegExp(`=> \\S+:${ports.server}\\b`));
    },
    15 * MINUTE,
  );

  (hasJemalloc ? test : test.skip)('preloads jemalloc into the programs where the project says so', () => {
    const pid = readFileSync(join(kits.server, 'pid.fl'), 'utf8').trim();
    expect(readFileSync(`/proc/${pid}/maps`, 'utf8')).toContain('libjemalloc.so.2');
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toContain('MALLOC_CONF=dirty_decay_ms:5000');
  });

  test(
    'runs a job on both sites, which need no signature where the project says so',
    async () => {
      const run = await federation.console(kits.admin, ADMIN, 'run-unsigned', job);
      expect(run).toEqual({ status: 'FINISHED:COMPLETED' });
    },
    15 * MINUTE,
  );

  test(
    'refuses an unsigned job, and still runs a signed one, with a server kit that requires signatures',
    async () => {
      // The whole folder: its signatures go with the files.
      cpSync(join(kits.strict, 'startup'), join(kits.server, 'startup'), { recursive: true });
      const run = await federation.console(kits.admin, ADMIN, 'run-unsigned', job);
      expect(run).toEqual({ status: 'FINISHED:FAILED_TO_RUN' });
      expect(log(kits.server, 'log.txt')).toContain('UNSIGNED_JOB_REJECTED');
      expect(await federation.run(kits.admin, ADMIN, job)).toEqual({ status: 'FINISHED:COMPLETED' });
    },
    15 * MINUTE,
  );
});
