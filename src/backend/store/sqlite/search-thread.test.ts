import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { errorCode } from '../../../contract/error-code.ts';
import { countAudit } from '../audit.ts';
import type { Database } from '../database.ts';
import { openSqlite } from './open.ts';
import { SearchThread } from './search-thread.ts';

const ROWS = 40_000;

let folder: string;
let db: Database;

const addRows = async (first: number, last: number): Promise<void> => {
  await db.write((trx) =>
    sql`with recursive n(i) as (select ${first} union all select i + 1 from n where i < ${last})
      insert into audit (id, at, actor, action, target, detail, address, request_id, hash)
      select i, '', '', '', 'site:' || i, printf('%01000d', i), '', '', '' from n`.execute(trx),
  );
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'search-'));
  db = await openSqlite(join(folder, 'db.sqlite'));
});

afterAll(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

test('reads a small database on the connection that there is', () => {
  expect(db.searcher()).toBe(db.reader);
});

test('searches a large database while others are served, and finds what was just written', async () => {
  await addRows(1, ROWS);
  const order: string[] = [];
  const search = countAudit(db.searcher(), { q: 'site:7' }).then((total) => {
    order.push('search');
    return total;
  });
  const other = nextTurn().then(() => order.push('other'));
  await Promise.all([search, other]);
  expect(order).toEqual(['other', 'search']);
  expect(await search).toBe(await countAudit(db.reader, { q: 'site:7' }));
  await addRows(ROWS + 1, ROWS + 1);
  expect(await countAudit(db.searcher(), { q: `site:${ROWS + 1}` })).toBe(1);
});

test('rejects a change and a wrong query with the code of SQLite, and keeps searching', async () => {
  const thread = new SearchThread(join(folder, 'db.sqlite'));
  const codeOf = (text: string): Promise<string | undefined> =>
    thread.run({ text, parameters: [] }).then(() => undefined, errorCode);
  expect(await codeOf('delete from audit returning id')).toBe('SQLITE_READONLY');
  expect(await codeOf('select nothing')).toBe('SQLITE_ERROR');
  expect(await thread.run({ text: 'select ? as one', parameters: [1] })).toEqual([{ one: 1 }]);
  await thread.close();
});

test('ends its thread when it is idle, and begins another when it is needed', async () => {
  const thread = new SearchThread(join(folder, 'db.sqlite'), 20);
  const query = { text: 'select 1 as one', parameters: [] };
  await thread.run(query);
  expect(thread.running).toBe(true);
  while (thread.running) {
    await pause(10);
  }
  expect(await thread.run(query)).toEqual([{ one: 1 }]);
  await thread.close();
});

test('refuses who waits when it is closed, or when the file is missing', async () => {
  const query = { text: 'select 1 as one', parameters: [] };
  const closed = new SearchThread(join(folder, 'db.sqlite'));
  const waiting = closed.run(query).catch(errorCode);
  await closed.close();
  expect(await waiting).toBe('SQLITE_ABORT');
  const missing = new SearchThread(join(folder, 'missing.sqlite'));
  expect(await missing.run(query).catch(errorCode)).toBe('SQLITE_CANTOPEN');
  await missing.close();
});
