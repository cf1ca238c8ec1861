import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prepareNvflare } from '../prepare/nvflare.js';
import { Dashboard } from './dashboard.ts';
import { Federation } from './federation.ts';
import { keepStorageApart } from './job-storage.ts';
import { freePort } from './ports.ts';

const ADMIN = 'admin@example.org';
const MINUTE = 60_000;
/** Which of the kits were fetched once the root CA was renewed; the first site always has the one of before. */
const CASES = [
  ['2.9', 'the server and the second site'],
  ['2.8', 'the second site and the console'],
] as const;
const { environments } = await prepareNvflare(['2.9', '2.8']);

describe.each(CASES.filter(([release]) => environments[release] !== undefined))(
  'NVFLARE %s with a renewed root CA at %s only',
  (release, renewed) => {
    const folder = mkdtempSync(join(tmpdir(), `root-renewal-${release}-`));
    const federation = new Federation(environments[release] ?? '');
    const job = join(folder, 'numpy-job');
    cpSync(resolve('test/fixtures/numpy-job'), job, { recursive: true });
    const kits = { server: '', one: '', two: '', admin: '' };

    beforeAll(async () => {
      const port = await freePort([1]);
      const dashboard = await Dashboard.start(join(folder, 'ours'), {
        target_release: release,
        server_props: { fed_learn_port: port },
        root_valid_days: 30,
      });
      try {
        await dashboard.addUser('org@example.org', 'Hospital_1', 'org_admin');
        const one = await dashboard.addSite('site-1', 'org@example.org', 'Hospital_1');
        const two = await dashboard.addSite('site-2', 'org@example.org', 'Hospital_1');
        await dashboard.freeze();
        kits.server = await dashboard.kit('servers/1', 'localhost');
        kits.one = await dashboard.kit(`clients/${one}`, 'site-1');
        kits.admin = await dashboard.kit('users/1', 'admin');
        await dashboard.renewRoot(1800);
        kits.two = await dashboard.kit(`clients/${two}`, 'site-2');
        if (renewed.includes('server')) {
          kits.server = await dashboard.kit('servers/1', 'localhost-renewed');
        } else {
          kits.admin = await dashboard.kit('users/1', 'admin-renewed');
        }
      } finally {
        await dashboard.stop();
      }
      keepStorageApart(kits.server);
      for (const kit of [kits.server, kits.one, kits.two]) {
        await federation.start(kit);
      }
    }, 15 * MINUTE);
    afterAll(async () => {
      await federation.clear(folder);
    }, 8 * MINUTE);

    test(
      'completes a job',
      async () => {
        const [before, after] = [kits.one, kits.two].map((kit) =>
          readFileSync(join(kit, 'startup/rootCA.pem'), 'utf8'),
        );
        expect(after).not.toBe(before);
        expect(await federation.console(kits.admin, ADMIN, 'sites', '2')).toEqual({
          sites: ['site-1', 'site-2'],
        });
        expect(await federation.run(kits.admin, ADMIN, job)).toEqual({ status: 'FINISHED:COMPLETED' });
      },
      15 * MINUTE,
    );
  },
);
