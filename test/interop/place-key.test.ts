import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prepareNvflare } from '../prepare/nvflare.js';
import { newKey, openSslRequest } from '../support/certificate-request.ts';
import { Dashboard } from './dashboard.ts';

const MINUTE = 60_000;
const RELEASES = ['2.9', '2.7', '2.5'];
const LEAD = 'lead@example.org';
/** Earlier releases start no site whose key file the root CA has not signed; their people have kits without keys. */
const isOfSite = (release: string): boolean => release === '2.9';
const { environments } = await prepareNvflare(RELEASES);
const pemOf = (key: ReturnType<typeof newKey>): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();

describe.each(RELEASES.filter((release) => environments[release] !== undefined))(
  'a kit without a key, for NVFLARE %s',
  (release) => {
    const folder = mkdtempSync(join(tmpdir(), `place-key-${release}-`));
    const key = newKey();
    let kit = '';

    const script = (name: string, ...args: readonly string[]) => {
      const PATH = `${join(environments[release] ?? '', 'bin')}:${process.env['PATH'] ?? ''}`;
      const { status, stdout, stderr } = spawnSync(join(kit, 'startup', name), args, {
        env: { ...process.env, PATH },
        encoding: 'utf8',
      });
      return { status, text: stdout + stderr };
    };
    /** From 2.8 on NVFLARE would ask for a signed key where there is a signature.json. */
    const manifest = release === '2.9' ? 'kit-signatures.json' : 'signature.json';
    const keys = (): readonly string[] =>
      readdirSync(join(kit, 'startup')).filter((name) => name.endsWith('.key'));
    const fileWith = (name: string, content: string): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };

    beforeAll(async () => {
      const ports = release === '2.5' ? { fed_learn_port: 8002, admin_port: 8003 } : {};
      const dashboard = await Dashboard.start(join(folder, 'ours'), {
        target_release: release,
        server_props: ports,
      });
      try {
        await dashboard.addUser('org@example.org', 'Hospital_1', 'org_admin');
        await dashboard.addUser(LEAD, 'Hospital_1', 'lead');
        const site = await dashboard.addSite('site-1', 'org@example.org', 'Hospital_1');
        if (isOfSite(release)) {
          await dashboard.setProps(`clients/${site}`, { listening_host: 'relay.example.org' });
        }
        await dashboard.freeze();
        const name = isOfSite(release) ? 'site-1' : LEAD;
        const { zip } = await dashboard.certify(Buffer.from(openSslRequest(key, `/CN=${name}`)), 'kit');
        writeFileSync(join(folder, 'kit.zip'), zip);
      } finally {
        await dashboard.stop();
      }
      mkdirSync(join(folder, 'kit'));
      spawnSync('unzip', ['-q', join(folder, 'kit.zip'), '-d', join(folder, 'kit')]);
      kit = release === '2.5' ? join(folder, 'kit', LEAD) : join(folder, 'kit');
    }, 5 * MINUTE);

    afterAll(() => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });

    test('refuses a key of another certificate and changes nothing', () => {
      const { status, text } = script('place-key.sh', fileWith('other.key', pemOf(newKey())));
      expect([status, text]).toEqual([1, expect.stringContaining('does not belong to client.crt')]);
      expect(keys()).toEqual([]);
    });

    test('refuses what is no key', () => {
      const { status, text } = script('place-key.sh', fileWith('no.key', 'hello'));
      expect([status, text]).toEqual([1, expect.stringContaining('cannot be read')]);
    });

    test('takes its own key, readable by its owner only, and is whole then', () => {
      expect(script('place-key.sh', fileWith('own.key', pemOf(key))).status).toBe(0);
      expect(keys()).toEqual(isOfSite(release) ? ['client.key', 'server.key'] : ['client.key']);
      expect(statSync(join(kit, 'startup', 'client.key')).mode & 0o777).toBe(0o600);
      expect(script('verify.sh')).toMatchObject({ status: 0 });
    });

    test('shows another key that somebody put there', () => {
      writeFileSync(join(kit, 'startup', 'client.key'), pemOf(newKey()));
      expect(script('verify.sh')).toMatchObject({
        status: 1,
        text: expect.stringContaining('not signed: client.key'),
      });
      expect(readFileSync(join(kit, 'startup', manifest), 'utf8')).not.toContain('client.key');
    });
  },
);
