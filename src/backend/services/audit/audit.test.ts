import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { writeAudit } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import { openDatabase } from '../../store/open.ts';
import { isChainIntact } from './audit.ts';

const ROWS = 3000;

let folder = '';
let db: Database;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'audit-'));
  db = await openDatabase({ engine: 'sqlite', file: path.join(folder, 'db.sqlite') });
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

it('lets others be served while a long chain is walked', async () => {
  await db.write(async (trx) => {
    for (let number = 0; number < ROWS; number += 1) {
      const target = `site:${number}`;
      const who = { actor: '', address: '127.0.0.1', request_id: '', at: new Date(0) };
      await writeAudit(trx, { ...who, action: 'client.approve', target, detail: {} });
    }
  });
  let turns = 0;
  const count = () => {
    turns += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  expect(await isChainIntact(db.reader)).toBe(true);
  clearImmediate(next);
  expect(turns).toBeGreaterThanOrEqual(5);
});
