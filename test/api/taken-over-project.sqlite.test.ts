import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import BetterSqlite from 'better-sqlite3';
import { z } from 'zod';
import { createNvidiaDatabase, NVIDIA_SITE_ADMIN, type NvidiaRelease } from '../support/nvidia-database.ts';
import { startBackend, type Ask, type Backend } from './backend.ts';

let backend: Backend | undefined;
afterEach(() => backend?.close());

const takeOver = async (
  release: NvidiaRelease,
  options: { readonly highAvailability?: boolean } = {},
): Promise<Backend & { readonly file: string }> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'taken-over-'));
  const file = await createNvidiaDatabase(folder, release, options);
  backend = await startBackend({ folder, database: { engine: 'sqlite', file } });
  return { ...backend, file };
};

const project = async (ask: Ask): Promise<unknown> => (await ask('GET', '/project')).json['project'];

const signUp = (ask: Ask, email: string) =>
  ask('POST', '/users', {
    email,
    name: 'New',
    password: 'Siteadm1n-pw9',
    organization: 'clinic',
    role: 'org_admin',
    sites: [{ name: 'site-2', capacity: { num_of_gpus: 4, mem_per_gpu_in_GiB: 16 } }],
  });

const Sites = z.array(z.object({ capacity: z.string(), tabled: z.string(), download_count: z.number() }));
const sitesIn = (file: string) => {
  const database = new BetterSqlite(file, { readonly: true });
  const rows = database
    .prepare(
      `select client.capacity, capacity.capacity as tabled, download_count from client
       left join capacity on capacity.id = client.capacity_id order by client.id`,
    )
    .all();
  database.close();
  return Sites.parse(rows);
};

describe.each(['2.5', '2.6', '2.9'] as const)('a project of NVIDIA %s', (release) => {
  test('keeps the GPUs and memory of its sites', async () => {
    const { admin } = await takeOver(release);
    expect((await admin('GET', '/clients/1')).json['client']).toMatchObject({
      capacity: { num_of_gpus: 2, mem_per_gpu_in_GiB: 24 },
      download_count: 3,
    });
  });

  test('shows who signs up later in the inbox, with counts from zero', async () => {
    const { admin, stranger } = await takeOver(release);
    const created = await signUp(stranger, 'new@clinic.example.org');
    expect(created.json['user']).toMatchObject({ approval_state: 0, download_count: 0 });
    expect((await admin('GET', '/inbox')).json).toMatchObject({
      users: [{ email: 'new@clinic.example.org' }],
      clients: [{ name: 'site-2', download_count: 0, capacity: { num_of_gpus: 4 } }],
    });
  });

  test('has no NULL left where a value is expected', async () => {
    const { admin } = await takeOver(release);
    const users = z
      .array(z.object({ email: z.string(), download_count: z.number() }))
      .parse((await admin('GET', '/users')).json['user_list']);
    expect(users.find(({ email }) => email === NVIDIA_SITE_ADMIN)?.download_count).toBe(0);
    expect(await project(admin)).toMatchObject({ starting_date: '' });
  });

  test('holds each capacity where either kind of NVIDIA dashboard reads it', async () => {
    const { stranger, admin, file } = await takeOver(release);
    await signUp(stranger, 'new@clinic.example.org');
    await admin('PATCH', '/clients/1', { capacity: { num_of_gpus: 8 } });
    const sites = sitesIn(file);
    expect(sites.map(({ capacity }) => z.record(z.string(), z.number()).parse(JSON.parse(capacity)))).toEqual(
      [
        { num_of_gpus: 8, mem_per_gpu_in_GiB: 24 },
        { num_of_gpus: 4, mem_per_gpu_in_GiB: 16 },
      ],
    );
    expect(sites.map(({ tabled }) => tabled)).toEqual(sites.map(({ capacity }) => capacity));
  });

  test('repairs NULLs and capacities that another dashboard leaves behind, at every start', async () => {
    const { stranger, restart, file } = await takeOver(release);
    await signUp(stranger, 'new@clinic.example.org');
    const database = new BetterSqlite(file);
    const changed = '{"num_of_gpus": 3, "mem_per_gpu_in_GiB": 1}';
    database.prepare('update user set approval_state = null where id = 3').run();
    database
      .prepare(release === '2.5' ? 'update capacity set capacity = ?' : 'update client set capacity = ?')
      .run(changed);
    database.close();
    const again = await restart();
    backend = again;
    expect((await again.admin('GET', '/inbox')).json['users']).toHaveLength(1);
    expect((await again.admin('GET', '/clients/1')).json['client']).toMatchObject({
      capacity: { num_of_gpus: 3 },
    });
    expect(new Set(sitesIn(file).flatMap(({ capacity, tabled }) => [capacity, tabled]))).toEqual(
      new Set([changed]),
    );
  });

  test('keeps the key size and validity of its own certificates', async () => {
    const { admin } = await takeOver(release);
    expect(await project(admin)).toMatchObject({
      key_bits: 2048,
      root_valid_days: 360,
      leaf_valid_days: 360,
    });
  });
});

test.each([
  ['2.5', '2.5', 'assumed'],
  // The root CA of the fixture has a key usage, as NVFLARE writes it since 2.7.
  ['2.6', '2.7', 'detected'],
  ['2.9', '2.9', 'assumed'],
] as const)('finds the release of the tables of %s: %s, %s', async (release, target, origin) => {
  const { admin } = await takeOver(release);
  expect(await project(admin)).toMatchObject({ target_release: target, target_release_origin: origin });
});

test('takes another release after freezing and keeps everything else of a frozen project', async () => {
  const { admin } = await takeOver('2.9');
  const patched = await admin('PATCH', '/project', { target_release: '2.8' });
  expect(patched.json['project']).toMatchObject({ target_release: '2.8', target_release_origin: 'chosen' });
  expect(
    await admin('PATCH', '/project', { target_release: '2.7', server1: 'other.example.org' }),
  ).toMatchObject({
    status: 409,
    json: { code: 'project_frozen' },
  });
  expect(await project(admin)).toMatchObject({ target_release: '2.8', title: 'Study' });
});

test('confirms an assumed release that is sent unchanged', async () => {
  const { admin } = await takeOver('2.5');
  await admin('PATCH', '/project', { target_release: '2.5' });
  expect(await project(admin)).toMatchObject({ target_release: '2.5', target_release_origin: 'chosen' });
});

test('refuses a release after freezing that the project cannot have', async () => {
  const { admin } = await takeOver('2.5', { highAvailability: true });
  expect(await admin('PATCH', '/project', { target_release: '2.9' })).toMatchObject({ status: 400 });
});

test('gives the kits of a project with high availability', async () => {
  const { admin } = await takeOver('2.5', { highAvailability: true });
  const kits = ['/servers/1/blob', '/servers/2/blob', '/overseer/blob', '/clients/1/blob'];
  const statuses: number[] = [];
  for (const kit of kits) {
    statuses.push((await admin('POST', kit, { pin: 'Pin12345' })).status);
  }
  expect(statuses).toEqual([200, 200, 200, 200]);
});
