import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prepareNvflare } from '../prepare/nvflare.js';
import { Dashboard } from './dashboard.ts';
import { Federation, type Foreground } from './federation.ts';
import { keepStorageApart } from './job-storage.ts';
import { log } from './kit-logs.ts';
import { freePort } from './ports.ts';
import { processesOf } from './processes.ts';
import { openTlsProxy, type TlsProxy } from './tls-proxy.ts';

const RELEASE = '2.9';
const JOB = resolve('test/fixtures/numpy-job');
const ADMIN = 'admin@example.org';
const MINUTE = 60_000;

const { environments, reason } = await prepareNvflare([RELEASE]);

test('NVIDIA FLARE is at hand', () => {
  expect(process.env['CI'] === 'true' ? reason : undefined).toBeUndefined();
});

/** Common name of the certificate that a TLS listener of this machine shows, once the root has vouched for it. */
const shownName = async (port: number, rootOf: string): Promise<string> =>
  new Promise((done, failed) => {
    const ca = readFileSync(join(rootOf, 'startup/rootCA.pem'));
    const socket = connect({ port, host: 'localhost', ca }, () => {
      done(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.once('error', failed);
  });

// The server speaks without TLS; a proxy with a certificate of its own stands before it, as in front of a cluster.
describe.each([RELEASE].filter((release) => environments[release] !== undefined))('NVFLARE %s', (release) => {
  const folder = mkdtempSync(join(tmpdir(), 'interop-options-'));
  const job = join(folder, 'numpy-job');
  cpSync(JOB, job, { recursive: true });
  const federation = new Federation(environments[release] ?? '');
  const kits = { server: '', outside: '', inside: '', admin: '' };
  const listeners = { server: 0, inside: 0 };
  let proxy: TlsProxy | undefined;
  let once: Foreground | undefined;

  beforeAll(async () => {
    const port = await freePort();
    listeners.server = await freePort();
    listeners.inside = await freePort();
    proxy = await openTlsProxy(join(folder, 'proxy'), port);
    const throughProxy = {
      connect_to: { host: 'localhost', port: proxy.port, connection_security: 'tls' },
      custom_ca_cert: proxy.authority,
    };
    const dashboard = await Dashboard.start(join(folder, 'ours'), {
      target_release: release,
      server_props: {
        fed_learn_port: port,
        connection_security: 'clear',
        listening_host: { default_host: 'localhost', port: listeners.server },
      },
    });
    try {
      await dashboard.addUser('org@example.org', 'Hospital_1', 'org_admin');
      const outside = await dashboard.addSite('outside', 'org@example.org', 'Hospital_1');
      const inside = await dashboard.addSite('inside', 'org@example.org', 'Hospital_1');
      await dashboard.setProps(`clients/${outside}`, throughProxy);
      await dashboard.setProps(`clients/${inside}`, {
        connection_security: 'clear',
        listening_host: { default_host: 'localhost', port: listeners.inside, connection_security: 'tls' },
      });
      await dashboard.setProps('users/1', throughProxy);
      await dashboard.freeze();
      kits.server = await dashboard.kit('servers/1', 'localhost');
      kits.outside = await dashboard.kit(`clients/${outside}`, 'outside');
      kits.inside = await dashboard.kit(`clients/${inside}`, 'inside');
      kits.admin = await dashboard.kit('users/1', 'admin');
    } finally {
      await dashboard.stop();
    }
    keepStorageApart(kits.server);
    await federation.start(kits.server);
    await federation.start(kits.outside);
    once = federation.foreground(kits.inside, 'start.sh', '--once');
  }, 15 * MINUTE);

  afterAll(async () => {
    await federation.stopAll(folder);
    proxy?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }, 15 * MINUTE);

  test(
    'a site and a console reach the server at another address that shows a certificate of a custom authority',
    async () => {
      expect(await federation.console(kits.admin, ADMIN, 'sites', '2')).toEqual({
        sites: ['inside', 'outside'],
      });
      expect(proxy?.taken()).toBeGreaterThanOrEqual(2);
    },
    15 * MINUTE,
  );

  test(
    'server and site listen for their job processes where listening_host says, and jobs run over that',
    async () => {
      expect(await shownName(listeners.inside, kits.inside)).toBe('inside');
      expect(await federation.run(kits.admin, ADMIN, job)).toEqual({
        status: 'FINISHED:COMPLETED',
      });
      expect(log(kits.inside, 'log.txt')).toMatch(new RegExp(`\\[CN\\d+ \\S+:${listeners.inside} <= `));
      expect(log(kits.server, 'log.txt')).toMatch(new RegExp(`\\[CN\\d+ \\S+:${listeners.server} <= `));
    },
    15 * MINUTE,
  );

  test(
    'while start.sh --once runs, neither start.sh nor a second --once starts the program again',
    async () => {
      const before = processesOf(kits.inside).length;
      expect(await federation.script(kits.inside, 'start.sh')).toContain('already running');
      expect(await federation.script(kits.inside, 'start.sh', '--once')).toContain('already running');
      expect(processesOf(kits.inside)).toHaveLength(before);
    },
    15 * MINUTE,
  );

  test(
    'Ctrl-C ends start.sh --once and its program; stop_fl.sh then finds nothing to stop',
    async () => {
      once?.child.kill('SIGINT');
      expect(await once?.ended).toBe(130);
      expect(processesOf(kits.inside)).toEqual([]);
      expect(await federation.script(kits.inside, 'stop_fl.sh', '-y')).toBe('nothing is running\n');
    },
    15 * MINUTE,
  );

  test(
    'a console shuts the rest down after it has removed the stopped site, which the server still counts',
    async () => {
      const terminal = federation.terminal(kits.admin, 'fl_admin.sh');
      try {
        await terminal.shows(/User Name: /, 300);
        terminal.type(ADMIN);
        await terminal.shows(/> $/, 300);
        terminal.type('remove_client inside');
        await terminal.shows(/user name: ?$/i, 300);
        terminal.type(ADMIN);
        await terminal.shows(/Done/, 300);
        terminal.type('bye');
        await terminal.ended();
      } finally {
        await terminal.close();
      }
      expect(await federation.console(kits.admin, ADMIN, 'shutdown')).toEqual({ done: true });
      await federation.waitUntil('no process is left', 300, () => processesOf(folder).length === 0);
    },
    20 * MINUTE,
  );

  test(
    'a program that ends at once is started five times and then given up, in the foreground only once',
    async () => {
      rmSync(join(kits.inside, 'startup/client.crt'));
      expect(await federation.foreground(kits.inside, 'start.sh', '--once').ended).toBe(1);
      expect(await federation.foreground(kits.inside, 'sub_start.sh').ended).toBe(1);
      const logged = log(kits.inside, 'foreground.log');
      expect(logged.match(/started \(pid \d+\)/g)).toHaveLength(5);
      expect(logged).toContain('failed 5 times within 5 minutes of its start; giving up. See console.log');
      expect(await federation.script(kits.inside, 'stop_fl.sh', '-y')).toBe('nothing is running\n');
    },
    20 * MINUTE,
  );
});
