import { execFile } from 'node:child_process';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Ask, type Backend } from './backend.ts';

const run = promisify(execFile);
const Id = z.object({ id: z.number() });

let backend: Backend;
let lead: Ask & { id: number };
let orgAdmin: Ask & { id: number };
let siteId = 0;

beforeAll(async () => {
  backend = await startBackend();
  orgAdmin = await backend.user('orgadmin@example.org', 'org_admin', 'hospital', 100);
  lead = await backend.user('lead@example.org', 'lead', 'hospital', 100);
  const site = await orgAdmin('POST', '/clients', {
    name: 'site-1',
    capacity: { num_of_gpus: 1, mem_per_gpu_in_GiB: 8 },
  });
  expect(site.status).toBe(201);
  siteId = Id.parse(site.json['client']).id;
}, 60_000);
afterAll(() => backend.close());

const unpacked = async (zip: Buffer, pin: string, name: string): Promise<string> => {
  const folder = path.join(backend.folder, `unzipped-${name}`);
  await mkdir(folder);
  await writeFile(path.join(folder, 'kit.zip'), zip);
  await run('unzip', ['-q', '-P', pin, 'kit.zip'], { cwd: folder });
  return folder;
};

describe('startup kits over the API', () => {
  it('are refused for a site that is not approved, then for a project that is not frozen', async () => {
    const early = await orgAdmin('POST', `/clients/${siteId}/blob`, { pin: 'abcd1234' });
    expect([early.status, early.json['status']]).toEqual([403, 'not approved yet']);
    expect((await backend.admin('PATCH', `/clients/${siteId}`, { approval_state: 100 })).status).toBe(200);
    const unfrozen = await orgAdmin('POST', `/clients/${siteId}/blob`, { pin: 'abcd1234' });
    expect([unfrozen.status, unfrozen.json['code']]).toEqual([409, 'project_not_frozen']);
  });

  it('come out once the project is frozen: of server, site and user, each verified by openssl', async () => {
    const frozen = await backend.admin('PATCH', '/project', {
      short_name: 'demo',
      server1: 'server.example.org',
      frozen: true,
    });
    expect(frozen.status).toBe(200);
    const kits = [
      [
        'server',
        await backend.admin('POST', '/servers/1/blob', { pin: 'abcd1234' }),
        'server.example.org.zip',
      ],
      ['client', await orgAdmin('POST', `/clients/${siteId}/blob`, { pin: 'abcd1234' }), 'site-1.zip'],
      ['client', await lead('POST', `/users/${lead.id}/blob`, { pin: 'abcd1234' }), 'lead@example.org.zip'],
    ] as const;
    for (const [certificate, kit, fileName] of kits) {
      expect([fileName, kit.status, kit.json]).toEqual([fileName, 200, {}]);
      expect(kit.headers.get('content-type')).toBe('application/zip');
      expect(kit.headers.get('content-disposition')).toBe(`attachment; filename="${fileName}"`);
      expect(kit.headers.get('cache-control')).toBe('no-store');
      expect(kit.headers.get('x-kit-pin')).toBeNull();
      const startup = path.join(await unpacked(kit.bytes, 'abcd1234', fileName), 'startup');
      const leaf = path.join(startup, `${certificate}.crt`);
      await run('openssl', ['verify', '-x509_strict', '-CAfile', path.join(startup, 'rootCA.pem'), leaf]);
      const [key, cert] = await Promise.all([
        run('openssl', ['pkey', '-in', path.join(startup, `${certificate}.key`), '-pubout']),
        run('openssl', ['x509', '-in', leaf, '-pubkey', '-noout']),
      ]);
      expect(key.stdout).toBe(cert.stdout);
      const script = await stat(path.join(startup, fileName.includes('@') ? 'fl_admin.sh' : 'start.sh'));
      expect(script.mode & 0o777).toBe(0o755);
    }
  }, 60_000);

  it('have their certificate in the ledger, count once and leave audit rows', async () => {
    const ledger = await backend.admin('GET', '/kits');
    const rows = z
      .array(z.object({ common_name: z.string(), requested_by: z.string() }))
      .parse(ledger.json['kits']);
    expect(rows.map((row) => row.common_name).sort()).toEqual(
      expect.arrayContaining(['lead@example.org', 'server.example.org', 'site-1']),
    );
    const site = await orgAdmin('GET', `/clients/${siteId}`);
    expect(site.json['client']).toMatchObject({ download_count: 1 });
    expect((await orgAdmin('GET', '/kits')).status).toBe(403);
  });

  it('get a PIN from the server when none is brought', async () => {
    const kit = await orgAdmin('POST', `/clients/${siteId}/blob`);
    const pin = kit.headers.get('x-kit-pin') ?? '';
    expect(pin).toMatch(/^[A-Z0-9]{26}$/);
    await unpacked(kit.bytes, pin, 'made-pin');
    expect(kit.headers.get('x-kit-serial')).toMatch(/^[0-9A-F]{38,40}$/);
  }, 30_000);

  it.each([[''], ['abc'], ['a b c d e'], ['x'.repeat(65)], ['../../etc']])(
    'refuse the PIN %j',
    async (pin) => {
      const kit = await orgAdmin('POST', `/clients/${siteId}/blob`, { pin });
      expect([kit.status, kit.json['code']]).toEqual([400, 'invalid']);
    },
  );

  it('are not for others: foreign organizations, leads, strangers', async () => {
    const foreign = await backend.user('other@example.org', 'org_admin', 'clinic', 100);
    expect((await foreign('POST', `/clients/${siteId}/blob`, {})).status).toBe(403);
    expect((await lead('POST', `/clients/${siteId}/blob`, {})).status).toBe(403);
    expect((await lead('POST', '/servers/1/blob', {})).status).toBe(403);
    expect((await lead('POST', `/users/${orgAdmin.id}/blob`, {})).status).toBe(403);
    expect((await backend.stranger('POST', `/clients/${siteId}/blob`, {})).status).toBe(401);
  });

  it('of the overseer and of a second server exist in high availability only', async () => {
    for (const route of ['/overseer/blob', '/servers/2/blob']) {
      const kit = await backend.admin('POST', route, {});
      expect(kit.status).toBe(409);
      expect(kit.json['message']).toEqual(expect.stringMatching(/HA mode/));
    }
  });

  it('counts exactly the kits that succeeded when eight are asked for at once', async () => {
    const before = (await orgAdmin('GET', `/clients/${siteId}`)).json['client'];
    const count = z.object({ download_count: z.number() }).parse(before).download_count;
    const kits = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        orgAdmin('POST', `/clients/${siteId}/blob`, index % 2 === 0 ? { pin: 'abcd1234' } : { pin: '?' }),
      ),
    );
    const done = kits.filter((kit) => kit.status === 200).length;
    expect(done).toBe(4);
    expect((await orgAdmin('GET', `/clients/${siteId}`)).json['client']).toMatchObject({
      download_count: count + 4,
    });
  }, 60_000);
});
