import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/backend/store/database.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { fillDatabase } from './filled-database.ts';
import { COUNTS, LISTS, PER_ORGANIZATION } from './lists.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';
import { countedTables, slowdownsOf } from './query-plan.ts';

const ROWS = 4000;
/** A page of 25 rows with what is joined to them; there are 400 organizations, which PostgreSQL may read at once. */
const MAX_ROWS = 500;
/** A row of each of 400 organizations, and few of its 10 people and 10 sites. */
const MAX_ROWS_EACH = 2000;
/** PostgreSQL reads all users of the first role, since it does not see that they come in the order of their IDs. */
const BY_ROLE = /^users by role/;

let server: PostgresServer;
const folder = mkdtempSync(join(tmpdir(), 'list-plans-'));

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

describe.each(['sqlite', 'postgres'] as const)('lists in %s', (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openDatabase(
      engine === 'sqlite'
        ? { engine, file: join(folder, 'db.sqlite') }
        : { engine, url: await server.createDatabase() },
    );
    await fillDatabase(db.reader, engine, ROWS);
  }, 180_000);
  afterAll(async () => {
    await db.close();
  });

  test.each(LISTS.filter(([name]) => engine === 'sqlite' || !BY_ROLE.test(name)))(
    'reads no more than a page of %s',
    async (name, run) => {
      const isNarrow = name.includes(' of one ');
      expect(await slowdownsOf(db, run, { maxRows: MAX_ROWS, isNarrow })).toEqual([]);
    },
  );

  test.each(PER_ORGANIZATION)('reads few rows for each organization: %s', async (_name, run) => {
    expect(await slowdownsOf(db, run, { maxRows: MAX_ROWS_EACH, isNarrow: false })).toEqual([]);
  });

  test.each(COUNTS)('counts by an index and no other table: %s', async (_name, run) => {
    expect((await countedTables(db, run)).length).toBeLessThanOrEqual(engine === 'sqlite' ? 0 : 1);
  });
});
