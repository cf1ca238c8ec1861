import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Database } from './database.ts';
import { findOrCreateId } from './named-rows.ts';
import { openDatabase } from './open.ts';
import { readProject } from './project.ts';
import { writeAudit } from './audit.ts';

let folder = '';
let db: Database;
const UNKEPT = { id: '', key: Buffer.alloc(32), after: 0, afterHash: '', unprovenUntil: 0 };
const at = '2026-11-23 20:34:11.000000';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
  db = await openDatabase({ engine: 'sqlite', file: join(folder, 'db.sqlite') });
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

test('a new database holds one unfrozen project', async () => {
  expect(await readProject(db.reader)).toMatchObject({ id: 1, frozen: 0, key_bits: 3072, root_key: null });
});

test('64 parallel writers all succeed and see each other', async () => {
  await Promise.all(
    Array.from({ length: 64 }, () => db.write((trx) => findOrCreateId(trx, 'organization', 'acme', at))),
  );
  const rows = await db.reader.selectFrom('organization').select('id').execute();
  expect(rows).toHaveLength(1);
});

test('what a failed transaction wrote is gone, its audit row too', async () => {
  const failing = db.write(async (trx) => {
    await findOrCreateId(trx, 'role', 'lead', at);
    const origin = { address: '127.0.0.1', request_id: 'r', at: new Date(0) };
    await writeAudit(trx, UNKEPT, { actor: '', action: 'a', target: 't', detail: {}, ...origin });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await db.reader.selectFrom('role').selectAll().execute()).toEqual([]);
  expect(await db.reader.selectFrom('audit').selectAll().execute()).toEqual([]);
});

const named = (name: string) => db.write((trx) => findOrCreateId(trx, 'organization', name, at));
const organizations = async (): Promise<string[]> =>
  (await db.reader.selectFrom('organization').select('name').orderBy('name').execute()).map(
    (row) => row.name,
  );

test('of changes that arrive together one that fails is undone alone', async () => {
  const failing = db.write(async (trx) => {
    await findOrCreateId(trx, 'organization', 'broken', at);
    throw new Error('no');
  });
  const outcomes = await Promise.allSettled([named('first'), failing, named('last')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await organizations()).toEqual(['first', 'last']);
});

test('nobody is told of a change before another connection finds it', async () => {
  const file = join(folder, 'db.sqlite');
  const other = await openDatabase({ engine: 'sqlite', file });
  const found = await Promise.all(
    ['a', 'b', 'c'].map(async (name) => {
      await named(name);
      return other.reader.selectFrom('organization').select('id').where('name', '=', name).execute();
    }),
  );
  await other.close();
  expect(found.map((rows) => rows.length)).toEqual([1, 1, 1]);
});

test('changes asked for before the database is closed are stored', async () => {
  const writing = named('late');
  await db.close();
  await writing;
  db = await openDatabase({ engine: 'sqlite', file: join(folder, 'db.sqlite') });
  expect(await organizations()).toEqual(['late']);
});

test('the version changes with every change, also of another connection, and with nothing else', async () => {
  const other = await openDatabase({ engine: 'sqlite', file: join(folder, 'db.sqlite') });
  const versions = [db.version?.()];
  await named('own');
  versions.push(db.version?.());
  await other.write((trx) => findOrCreateId(trx, 'organization', 'foreign', at));
  await other.close();
  versions.push(db.version?.());
  expect(new Set(versions).size).toBe(3);
  await organizations();
  expect(db.version?.()).toBe(versions[2]);
});
