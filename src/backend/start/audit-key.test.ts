import { mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { walkChain } from '../services/audit/walk-chain.ts';
import { auditHash, writeAudit, type AuditKey } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { openDatabase } from '../store/open.ts';
import { existingAuditKey, keyAudit } from './audit-key.ts';

const NOW = new Date(0);
const ROW = {
  actor: 'a@example.org',
  action: 'a',
  target: 't',
  detail: {},
  address: '',
  request_id: '',
  at: NOW,
};
const SECRET = 'a key that all replicas share';
/** Writes rows as before there was a key. */
const UNKEYED = { id: '', key: Buffer.alloc(0), after: 1_000_000, afterHash: '', unprovenUntil: 0 };

let folder = '';
let db: Database;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'audit-key-'));
  db = await openDatabase({ engine: 'sqlite', file: path.join(folder, 'db.sqlite') });
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

const at = (name: string) => path.join(folder, name);
const start = (secretKey?: string) => keyAudit(db, { webRoot: folder, secretKey }, NOW);
const write = (key: AuditKey) => db.write((trx) => writeAudit(trx, key, ROW));
const intact = async (key: AuditKey) => (await walkChain(db.reader, key)).intact;
const rowsOf = (action: string) =>
  db.reader.selectFrom('audit').select('detail').where('action', '=', action).execute();

describe('a new project', () => {
  it('gets a key that only its owner can read, and keeps it', async () => {
    const key = await start();
    expect((await stat(at('.audit-key'))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).filter((name) => name.endsWith('.new'))).toEqual([]);
    await write(key);
    const again = await start();
    expect(again).toEqual(key);
    await write(again);
    expect(await intact(again)).toBe(true);
    expect(await rowsOf('audit.key')).toEqual([]);
  });

  it('keeps its key where it stopped before the database knew it', async () => {
    await writeFile(at('.audit-key.new'), `${'ab'.repeat(32)}\n`, { mode: 0o600 });
    const key = await start();
    await write(key);
    expect(await start()).toEqual(key);
    expect(await readdir(folder)).not.toContain('.audit-key.new');
  });
});

describe('a project from before there was a key', () => {
  beforeEach(async () => {
    await write(UNKEYED);
    await write(UNKEYED);
  });

  it('is keyed from its last row on, and checked from the first', async () => {
    const key = await start();
    await write(key);
    expect(key).toMatchObject({ after: 2, unprovenUntil: 0 });
    expect(await intact(key)).toBe(true);
    expect(await rowsOf('audit.key')).toHaveLength(1);
    await db.reader.updateTable('audit').set({ actor: 'b@example.org' }).where('id', '=', 1).execute();
    expect(await intact(key)).toBe(false);
  });

  it('detects rows from before the key that were written anew', async () => {
    const key = await start();
    const row = await db.reader.selectFrom('audit').selectAll().where('id', '=', 2).executeTakeFirstOrThrow();
    const changed = { ...row, actor: 'b@example.org' };
    const first = await db.reader
      .selectFrom('audit')
      .selectAll()
      .where('id', '=', 1)
      .executeTakeFirstOrThrow();
    const hash = auditHash(UNKEYED, first.hash, changed);
    await db.reader
      .updateTable('audit')
      .set({ ...changed, hash })
      .where('id', '=', 2)
      .execute();
    expect(await intact(key)).toBe(false);
  });

  it('cannot be made one again by who writes the database', async () => {
    await write(await start());
    const head = { keyed_after: 0, keyed_after_hash: '', key_id: '', sealed_key: '' };
    await db.reader.updateTable('audit_head').set(head).execute();
    expect(await start()).toMatchObject({ unprovenUntil: 4 });
  });

  it('has a point that cannot be moved', async () => {
    await start();
    await db.reader.updateTable('audit_head').set({ keyed_after: 3 }).execute();
    expect(await start()).toMatchObject({ unprovenUntil: 3 });
  });
});

describe('with SECRET_KEY', () => {
  it('replicas share the key', async () => {
    const key = await start(SECRET);
    expect(await start(SECRET)).toEqual(key);
    expect(await readdir(folder)).not.toContain('.audit-key');
  });

  it('a project whose key was in the folder keeps it', async () => {
    const key = await start();
    await write(key);
    expect(await start(SECRET)).toEqual(key);
    await rm(at('.audit-key'));
    expect(await start(SECRET)).toEqual(key);
    expect(await intact(key)).toBe(true);
  });
});

describe('a lost key', () => {
  it('leaves the earlier rows unproven and says so', async () => {
    await write(await start());
    await rm(at('.audit-key'));
    const key = await start();
    expect(key).toMatchObject({ after: 1, unprovenUntil: 1 });
    await write(key);
    expect(await intact(key)).toBe(true);
    expect(await rowsOf('audit.key')).toHaveLength(1);
  });

  it('is not replaced by a command of the host', async () => {
    await write(await start());
    await rename(at('.audit-key'), at('elsewhere'));
    const open = existingAuditKey(db, { webRoot: folder, secretKey: undefined }, NOW);
    await expect(open).rejects.toThrow('The key of the audit log cannot be opened');
  });

  it('stops a backend that still has the earlier one', async () => {
    const key = await start();
    await rm(at('.audit-key'));
    await write(key);
    await start();
    await expect(write(key)).rejects.toThrow('another key');
  });
});
