import { join } from 'node:path';
import { rename } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { auditHash } from '../../src/backend/store/audit.ts';
import type { StoredAudit } from '../../src/backend/store/schema.ts';
import { startBackend, type Backend } from '../api/backend.ts';

/** SHA-256 needs no key. */
const WITHOUT_KEY = { key: Buffer.alloc(0), after: 1_000_000 };

let backend: Backend;
beforeEach(async () => {
  backend = await startBackend();
  for (const name of ['one', 'two', 'three', 'four']) {
    expect((await backend.admin('PATCH', '/project', { title: name })).status).toBe(200);
  }
}, 180_000);
afterEach(() => backend.close());

const checked = async () => (await backend.admin('GET', '/audit?limit=1')).json;

/** Blames another for everything and computes the chain anew, as whoever writes the database can. */
const forge = (extra = '') => {
  const db = new Database(join(backend.folder, 'db.sqlite'));
  const rows = db.prepare<[], StoredAudit>('select * from audit order by id').all();
  const store = db.prepare('update audit set actor = ?, hash = ? where id = ?');
  let previous = '';
  for (const row of rows) {
    const changed = { ...row, actor: 'innocent@example.org' };
    previous = auditHash(WITHOUT_KEY, previous, changed);
    store.run(changed.actor, previous, row.id);
  }
  db.prepare('update audit_head set hash = ?').run(previous);
  db.exec(extra);
  db.close();
};

it('detects a chain that was computed anew without the key, at once and after a restart', async () => {
  expect(await checked()).toMatchObject({ intact: true, unproven_until: 0 });
  forge();
  expect(await checked()).toMatchObject({ intact: false });
  backend = await backend.restart();
  expect(await checked()).toMatchObject({ intact: false });
}, 180_000);

it.each([
  [
    'said to be from before there was a key',
    'update audit_head set keyed_after = last_id, keyed_after_hash = hash',
  ],
  ['left without a key', "update audit_head set sealed_key = '', key_id = '', keyed_after = 0"],
])(
  'does not vouch for a forged log that was %s',
  async (_what, statement) => {
    forge(statement);
    backend = await backend.restart();
    const { unproven_until: unproven } = await checked();
    expect(unproven).toBeGreaterThan(3);
  },
  60_000,
);

it('keeps working without its key file, and says what cannot be checked', async () => {
  await rename(join(backend.folder, '.audit-key'), join(backend.folder, 'lost'));
  backend = await backend.restart();
  expect(await checked()).toMatchObject({ intact: true });
  const { unproven_until: unproven } = await checked();
  expect(unproven).toBeGreaterThan(3);
}, 180_000);
