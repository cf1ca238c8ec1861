import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prepareNvflare } from '../prepare/nvflare.js';
import { Dashboard } from './dashboard.ts';
import { Federation } from './federation.ts';
import { keepStorageApart } from './job-storage.ts';
import { log } from './kit-logs.ts';
import { freePort } from './ports.ts';
import { isInstalled, startRevokingProxy } from './revoking-proxy.ts';

const ADMIN = 'admin@example.org';
const MINUTE = 60_000;
const RELEASES = ['2.9', '2.8'];
const { environments } = await prepareNvflare(RELEASES);

describe.each(RELEASES.filter((release) => environments[release] !== undefined))(
  'a site revoked, with NVFLARE %s',
  (release) => {
    const folder = mkdtempSync(join(tmpdir(), `revoked-${release}-`));
    const job = join(folder, 'numpy-job');
    cpSync(resolve('test/fixtures/numpy-job'), job, { recursive: true });
    const environment = environments[release] ?? '';
    const federation = new Federation(environment);
    const kits = { server: '', one: '', two: '', three: '', admin: '' };
    let crl = '';

    beforeAll(async () => {
      const port = await freePort([1]);
      const dashboard = await Dashboard.start(join(folder, 'ours'), {
        target_release: release,
        server_props: { fed_learn_port: port },
      });
      try {
        await dashboard.addUser('org@example.org', 'Hospital_1', 'org_admin');
        const site = (name: string) => dashboard.addSite(name, 'org@example.org', 'Hospital_1');
        const [one, two, three] = [await site('site-1'), await site('site-2'), await site('site-3')];
        await dashboard.freeze();
        kits.server = await dashboard.kit('servers/1', 'localhost');
        kits.one = await dashboard.kit(`clients/${one}`, 'site-1');
        kits.two = await dashboard.kit(`clients/${two}`, 'site-2');
        kits.three = await dashboard.kit(`clients/${three}`, 'site-3');
        kits.admin = await dashboard.kit('users/1', 'admin');
        await dashboard.revoke(three);
        crl = await dashboard.text('/crl.pem');
        const disabled = await dashboard.text('/disabled_clients.json');
        writeFileSync(join(kits.server, 'disabled_clients.json'), disabled);
      } finally {
        await dashboard.stop();
      }
      keepStorageApart(kits.server);
      await federation.start(kits.server);
      await Promise.all([kits.one, kits.two, kits.three].map((kit) => federation.start(kit)));
    }, 15 * MINUTE);

    afterAll(async () => {
      await federation.clear(folder);
    }, 15 * MINUTE);

    test(
      'is refused by the server that has our list, while a job of the others completes',
      async () => {
        await federation.waitUntil('the server refuses site-3', 300, () =>
          log(kits.server, 'log.txt').includes('Reject disabled client registration: site-3'),
        );
        expect(await federation.run(kits.admin, ADMIN, job)).toEqual({ status: 'FINISHED:COMPLETED' });
        const response = await federation.console(kits.admin, ADMIN, 'sites', '2');
        expect(response).toEqual({ sites: ['site-1', 'site-2'] });
      },
      15 * MINUTE,
    );

    test(
      'is locked out of a running server by the command that the dashboard offers',
      async () => {
        const program = join(environment, 'bin/nvflare');
        const line = ['system', 'disable-client', 'site-2', '--force'];
        execFileSync(program, [...line, '--startup-kit', kits.admin], {
          env: { ...process.env, HOME: folder },
          timeout: 8 * MINUTE,
          stdio: 'pipe',
        });
        const response = await federation.console(kits.admin, ADMIN, 'sites', '1');
        expect(response).toEqual({ sites: ['site-1'] });
      },
      15 * MINUTE,
    );

    for (const name of ['nginx', 'haproxy'] as const) {
      (isInstalled(name) ? test : test.skip)(
        `is refused by ${name} with our revocation list, which lets the others in`,
        async () => {
          const place = join(folder, name);
          mkdirSync(place);
          const proxy = await startRevokingProxy(name, place, kits.server, crl);
          try {
            const refusal = name === 'nginx' ? '400' : 'refused';
            expect([proxy.ask(kits.one), proxy.ask(kits.three)]).toEqual(['200', refusal]);
          } finally {
            await proxy.close();
          }
        },
        5 * MINUTE,
      );
    }
  },
);
