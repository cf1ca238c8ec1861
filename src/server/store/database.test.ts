import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Database } from './database.ts';
import { idOfName } from './named-rows.ts';
import { openDatabase } from './open.ts';
import { readProject } from './project.ts';
import { writeAudit } from './audit.ts';

let folder = '';
let db: Database;
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
    Array.from({ length: 64 }, () => db.write((trx) => idOfName(trx, 'organization', 'acme', at))),
  );
  const rows = await db.reader.selectFrom('organization').select('id').execute();
  expect(rows).toHaveLength(1);
});

test('what a failed transaction wrote is gone, its audit row too', async () => {
  const failing = db.write(async (trx) => {
    await idOfName(trx, 'role', 'lead', at);
    const origin = { address: '127.0.0.1', request_id: 'r', at: new Date(0) };
    await writeAudit(trx, { actor: '', action: 'a', target: 't', detail: {}, ...origin });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await db.reader.selectFrom('role').selectAll().execute()).toEqual([]);
  expect(await db.reader.selectFrom('audit').selectAll().execute()).toEqual([]);
});
