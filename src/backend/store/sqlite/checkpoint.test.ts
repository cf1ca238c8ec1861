import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import BetterSqlite from 'better-sqlite3';
import { Checkpoints, type CheckpointLimits } from './checkpoint.ts';

/** No limit but a quiet time. */
const UNLIMITED = { quietMs: 1000, maxAgeMs: Infinity, maxLogBytes: Infinity };
const ROW = 'x'.repeat(100_000);

let folder = '';
let connection: BetterSqlite.Database;
let checkpoints: Checkpoints | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoint-'));
  connection = new BetterSqlite(join(folder, 'db.sqlite'));
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = OFF');
});
afterEach(async () => {
  checkpoints?.close();
  connection.close();
  await rm(folder, { recursive: true });
});

const logSize = (): number => statSync(`${connection.name}-wal`).size;

/** Commits a row every few milliseconds, and returns how often the log was emptied meanwhile. */
const countEmptied = async (ms: number, limits: CheckpointLimits): Promise<number> => {
  checkpoints = new Checkpoints(connection, () => undefined, limits);
  connection.exec('create table line (text)');
  const insert = connection.prepare('insert into line values (?)');
  const end = performance.now() + ms;
  let [emptied, last] = [0, 0];
  while (performance.now() < end) {
    insert.run(ROW);
    checkpoints.committed();
    const size = logSize();
    emptied += size < last ? 1 : 0;
    last = size;
    await pause(5);
  }
  return emptied;
};

test('leaves the file alone while commits keep coming', async () => {
  expect(await countEmptied(2500, UNLIMITED)).toBe(0);
  expect(logSize()).toBeGreaterThan(4 * 2 ** 20);
});

test.each([
  ['the oldest commit has an age', { maxAgeMs: 300 }],
  ['the log has a size', { maxLogBytes: 2 ** 20 }],
])('writes to the file once %s, although commits keep coming', async (_when, limit) => {
  expect(await countEmptied(1500, { ...UNLIMITED, quietMs: 100, ...limit })).toBeGreaterThan(0);
});
