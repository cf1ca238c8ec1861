import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import BetterSqlite from 'better-sqlite3';
import { z } from 'zod';
import { openDatabase } from '../../src/backend/store/open.ts';
import { takeRepairs } from '../../src/backend/store/repair/row-repairs.ts';
import {
  createNvidiaDatabase,
  NVIDIA_ADMIN,
  NVIDIA_PASSWORD,
  NVIDIA_SITE_ADMIN,
} from '../support/nvidia-database.ts';
import { ODD_ROWS } from './odd-rows.ts';
import { startBackend, type Ask, type Backend } from './backend.ts';

const RELEASES = ['2.5', '2.9'] as const;
type Release = (typeof RELEASES)[number];

let originals: string;
let folder: string;
beforeAll(async () => {
  originals = await mkdtemp(path.join(tmpdir(), 'odd-originals-'));
  for (const release of RELEASES) {
    await rename(await createNvidiaDatabase(originals, release), path.join(originals, release));
  }
});
afterAll(() => rm(originals, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'odd-rows-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A database of that release in which another program has left something. */
const copyOf = async (release: Release, statements: readonly string[]): Promise<string> => {
  const file = path.join(folder, 'db.sqlite');
  await copyFile(path.join(originals, release), file);
  const database = new BetterSqlite(file);
  database.pragma('foreign_keys = off');
  for (const statement of statements) {
    database.exec(statement);
  }
  database.close();
  return file;
};

/** Opens and closes the database. @returns what was repaired */
const openedOnce = async (file: string): Promise<readonly string[]> => {
  const db = await openDatabase({ engine: 'sqlite', file });
  const repairs = await db.write(takeRepairs);
  await db.close();
  return repairs.map(({ relation, row_id, field, done }) => `${relation}:${row_id} ${field} ${done}`);
};

const rowOf = (file: string, table: string, id: number): unknown => {
  const database = new BetterSqlite(file, { readonly: true });
  const row = database.prepare(`select * from "${table}" where id = ?`).get(id);
  database.close();
  return row;
};

describe('a takeover', () => {
  test.each(ODD_ROWS)('repairs %s, once', async (_name, [table, id], statement, after, expected) => {
    const file = await copyOf('2.9', [statement]);
    expect(await openedOnce(file)).toEqual(expected);
    expect(rowOf(file, table, id)).toMatchObject(after);
    expect(await openedOnce(file)).toEqual([]);
    expect(rowOf(file, table, id)).toMatchObject(after);
  });
});

const COPIED_USER = `insert into user select 3, created_at, updated_at, name, description, null, password_hash,
  role_id, organization_id, approval_state, download_count, props from user where id = 2`;

/** One of each kind, in a project with a site that is left alone. */
const ODD = [
  COPIED_USER,
  'update user set name = null, description = null, organization_id = 77 where id = 3',
  `insert into client select 2, created_at, updated_at, description, null, 88, 99, approval_state, 'some',
    '{', 'none' from client where id = 1`,
  `insert into client select 3, created_at, updated_at, description, 'site-3', organization_id, 2,
    approval_state, '4', capacity, 'null' from client where id = 1`,
];

const Repairs = z.array(
  z.object({
    target: z.string(),
    actor: z.string(),
    detail: z.object({ field: z.string(), was: z.string() }),
  }),
);
const audited = async (admin: Ask) =>
  Repairs.parse((await admin('GET', '/audit?action=database.repair')).json['audit']);

describe('a project with odd rows', () => {
  let backend: Backend;
  beforeEach(async () => {
    const database = { engine: 'sqlite', file: await copyOf('2.9', ODD) } as const;
    backend = await startBackend({ folder, database });
  });
  afterEach(() => backend.stop());

  test('lists every row', async () => {
    const { admin } = backend;
    expect((await admin('GET', '/users')).json['user_list']).toHaveLength(3);
    expect((await admin('GET', '/clients')).json['client_list']).toMatchObject([
      { name: 'site-1', approval_state: 100, creator: NVIDIA_SITE_ADMIN },
      { name: 'unnamed-2', approval_state: 0, creator: NVIDIA_ADMIN, organization: '' },
      { name: 'site-3', approval_state: 100, download_count: 4 },
    ]);
  });

  test('lets others log in, fetch kits and see the certificates', async () => {
    const login = { email: NVIDIA_SITE_ADMIN, password: NVIDIA_PASSWORD };
    const { json } = await backend.stranger('POST', '/login', login);
    const siteAdmin = backend.as(z.string().parse(json['access_token']));
    expect((await siteAdmin('POST', '/clients/1/blob', { pin: 'Pin12345' })).status).toBe(200);
    expect((await backend.admin('GET', '/kits')).json['kits']).toMatchObject([{ common_name: 'site-1' }]);
  });

  test('lets nobody log in to an account without an e-mail', async () => {
    expect((await backend.admin('GET', '/users/3')).json['user']).toMatchObject({
      email: 'user-3@no-email.invalid',
      approval_state: 0,
    });
    const login = { email: 'user-3@no-email.invalid', password: NVIDIA_PASSWORD };
    expect((await backend.stranger('POST', '/login', login)).status).toBe(401);
  });

  test('gives no kit of a site that was repaired until it is approved', async () => {
    expect((await backend.admin('POST', '/clients/2/blob', { pin: 'Pin12345' })).status).toBe(403);
  });

  test('names each repair in the audit log, once and without secrets', async () => {
    const named = await audited(backend.admin);
    expect(new Set(named.map(({ target, actor }) => `${actor} ${target}`))).toEqual(
      new Set(['host row:user 3', 'host row:client 2', 'host row:client 3']),
    );
    expect(named.find(({ detail }) => detail.field === 'password_hash')?.detail.was).toBe('');
    expect(named.map(({ detail }) => detail.was)).toContain('none');
    backend = await backend.restart();
    expect(await audited(backend.admin)).toEqual(named);
  });
});

test('repairs each of several rows that lost the same role', async () => {
  const file = await copyOf('2.9', [COPIED_USER, 'delete from role where id = 2']);
  await openedOnce(file);
  expect([rowOf(file, 'user', 2), rowOf(file, 'user', 3)]).toMatchObject([
    { approval_state: 0 },
    { approval_state: 0 },
  ]);
});

test.each([
  ['is missing', 'delete from capacity'],
  ['is unreadable', "update capacity set capacity = 'many'"],
])('gives a site of 2.5 whose capacity %s none', async (_what, statement) => {
  const file = await copyOf('2.5', [statement]);
  expect((await openedOnce(file)).at(-1)).toBe(
    'client:1 capacity is now 0 GPUs and 0 GiB: the site had no capacity',
  );
  expect(rowOf(file, 'client', 1)).toMatchObject({ capacity: '{"num_of_gpus":0,"mem_per_gpu_in_GiB":0}' });
  expect(await openedOnce(file)).toEqual([]);
});

test('keeps names that differ in case alone, and says so no other way than before', async () => {
  const file = await copyOf('2.9', [
    COPIED_USER,
    `update user set email = upper('${NVIDIA_SITE_ADMIN}') where id = 3`,
    `insert into organization select 3, created_at, updated_at, 'Clinic', description from organization where id = 2`,
  ]);
  expect(await openedOnce(file)).toEqual([]);
  expect(rowOf(file, 'user', 3)).toMatchObject({ email: NVIDIA_SITE_ADMIN.toUpperCase() });
});
