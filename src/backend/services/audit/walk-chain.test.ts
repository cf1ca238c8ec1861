import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { keyAudit } from '../../start/audit-key.ts';
import { auditHash, writeAudit, type AuditKey } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import { openDatabase } from '../../store/open.ts';
import { ChainCheck } from './chain-check.ts';
import { walkChain } from './walk-chain.ts';

const ROWS = 3000;

let folder = '';
let db: Database;
let key: AuditKey;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'audit-'));
  db = await openDatabase({ engine: 'sqlite', file: path.join(folder, 'db.sqlite') });
  key = await keyAudit(db, { webRoot: folder, secretKey: undefined }, new Date(0));
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

const write = (rows: number) =>
  db.write(async (trx) => {
    for (let number = 0; number < rows; number += 1) {
      const who = { actor: '', address: '127.0.0.1', request_id: '', at: new Date(0) };
      await writeAudit(trx, key, { ...who, action: 'client.approve', target: `site:${number}`, detail: {} });
    }
  });

const intact = async () => (await walkChain(db.reader, key)).intact;

it('lets others be served while a long chain is walked', async () => {
  await write(ROWS);
  let turns = 0;
  const count = () => {
    turns += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  expect(await intact()).toBe(true);
  clearImmediate(next);
  expect(turns).toBeGreaterThanOrEqual(5);
});

it('tells how far the walk has come', async () => {
  await write(1200);
  const steps: string[] = [];
  await walkChain(db.reader, key, undefined, (proven, head) => steps.push(`${proven.id} of ${head.id}`));
  expect(steps).toEqual(['500 of 1200', '1000 of 1200']);
});

it('detects a chain that was written anew without the key', async () => {
  await write(5);
  const rows = await db.reader.selectFrom('audit').selectAll().orderBy('id').execute();
  const guessed = { key: Buffer.alloc(32), after: rows.length };
  let previous = '';
  for (const row of rows) {
    const changed = { ...row, actor: 'somebody.else@example.org' };
    const hash = auditHash(guessed, previous, changed);
    await db.reader
      .updateTable('audit')
      .set({ ...changed, hash })
      .where('id', '=', row.id)
      .execute();
    previous = hash;
  }
  await db.reader.updateTable('audit_head').set({ hash: previous }).execute();
  expect(await intact()).toBe(false);
});

it('walks only new rows as long as nobody else wrote the database', async () => {
  await write(ROWS);
  const check = new ChainCheck(db, key);
  expect(await check.isIntact()).toBe(true);
  await write(1);
  const began = process.cpuUsage();
  expect(await check.isIntact()).toBe(true);
  const again = process.cpuUsage(began).user;
  const wholly = process.cpuUsage();
  expect(await new ChainCheck(db, key).isIntact()).toBe(true);
  expect(again * 5).toBeLessThan(process.cpuUsage(wholly).user);
});

it('notices that the end was cut off since the last check', async () => {
  await write(10);
  const check = new ChainCheck(db, key);
  expect(await check.isIntact()).toBe(true);
  await db.reader.deleteFrom('audit').where('id', '>', 7).execute();
  const last = await db.reader.selectFrom('audit').selectAll().where('id', '=', 7).executeTakeFirstOrThrow();
  await db.reader.updateTable('audit_head').set({ last_id: 7, hash: last.hash }).execute();
  expect(await check.isIntact()).toBe(false);
  expect(await check.isIntact()).toBe(false);
});
