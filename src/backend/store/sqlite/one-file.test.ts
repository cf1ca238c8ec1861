import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, statSync } from 'node:fs';
import { appendFile, cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import BetterSqlite from 'better-sqlite3';
import { z } from 'zod';
import type { Database } from '../database.ts';
import { findOrCreateId } from '../named-rows.ts';
import { openDatabase } from '../open.ts';
import { FolderInUseError, lockFolder } from './folder-lock.ts';
import { setAsideOrphanedLogs } from './orphaned-log.ts';

const COPIES = 40;
const AT = '2026-11-23 20:34:11.000000';

let folder = '';
let file = '';
let db: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'one-file-'));
  file = join(folder, 'db.sqlite');
  db = await openDatabase({ engine: 'sqlite', file });
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

const addOrganization = (name: string) => db.write((trx) => findOrCreateId(trx, 'organization', name, AT));

/** Organizations in a copy of the database file alone. */
const copied = async (): Promise<unknown[]> => {
  const copy = join(folder, 'copy.sqlite');
  await cp(file, copy, { force: true });
  const connection = new BetterSqlite(copy);
  try {
    return connection.prepare('select name from organization').pluck().all();
  } finally {
    connection.close();
  }
};

const untilCopied = async (): Promise<readonly unknown[]> => {
  for (;;) {
    const names = await copied();
    if (names.length > 0) {
      return names;
    }
    await pause(50);
  }
};

test('a new database is in its file at once', async () => {
  expect(await copied()).toEqual([]);
});

test('a copy of the file alone holds every change a moment later', async () => {
  await addOrganization('acme');
  expect(await untilCopied()).toEqual(['acme']);
});

test('refuses changes once the file was moved, and takes them again when it is back', async () => {
  await rename(file, join(folder, 'old.sqlite'));
  await expect(addOrganization('acme')).rejects.toMatchObject({ code: 'SQLITE_READONLY_DBMOVED' });
  await expect(db.check()).rejects.toMatchObject({ code: 'SQLITE_READONLY_DBMOVED' });
  await rename(join(folder, 'old.sqlite'), file);
  await expect(addOrganization('acme')).resolves.toBe(1);
});

test('refuses changes once another file stands in its place', async () => {
  await rename(file, join(folder, 'old.sqlite'));
  await writeFile(file, '');
  await expect(addOrganization('acme')).rejects.toMatchObject({ code: 'SQLITE_READONLY_DBMOVED' });
  await rename(join(folder, 'old.sqlite'), file);
});

const untilLogIsEmpty = async (): Promise<void> => {
  while (statSync(`${file}-wal`).size > 0) {
    await pause(20);
  }
};

test('refuses changes once an older copy was written over the file, and leaves that copy as it is', async () => {
  await addOrganization('acme');
  await untilLogIsEmpty();
  const copy = await readFile(file);
  await addOrganization('beta');
  await untilLogIsEmpty();
  await addOrganization('gamma');
  await writeFile(file, copy);
  await expect(addOrganization('delta')).rejects.toMatchObject({ code: 'SQLITE_READONLY_DBMOVED' });
  await expect(db.check()).rejects.toMatchObject({ code: 'SQLITE_READONLY_DBMOVED' });
  await pause(1200);
  await db.close();
  expect((await readFile(file)).equals(copy)).toBe(true);
  expect(setAsideOrphanedLogs(file)).toEqual([{ path: `${file}-wal.orphaned`, database: 'different' }]);
});

test.each([
  ['nothing', () => Promise.resolve(Buffer.alloc(0))],
  [
    'another database',
    async () => {
      const other = join(folder, 'other.sqlite');
      await (await openDatabase({ engine: 'sqlite', file: other })).close();
      return readFile(other);
    },
  ],
])('refuses changes once %s was written over the file', async (_what, content) => {
  await addOrganization('acme');
  await untilLogIsEmpty();
  await writeFile(file, await content());
  await expect(addOrganization('beta')).rejects.toMatchObject({ code: 'SQLITE_READONLY_DBMOVED' });
});

/** Adds organizations one after the other until it is stopped. */
const keepWriting = (): { stop: () => Promise<number> } => {
  let count = 0;
  let writing = true;
  const isWriting = (): boolean => writing;
  const done = (async () => {
    for (; isWriting(); count += 1) {
      await addOrganization(`busy-${count}`);
    }
  })();
  return {
    stop: async () => {
      writing = false;
      await done;
      return count;
    },
  };
};

/** What SQLite finds wrong with the copy; `ok` is nothing. */
const damageOf = (database: string): unknown => {
  const copy = new BetterSqlite(database);
  try {
    return copy.pragma('integrity_check', { simple: true });
  } finally {
    copy.close();
  }
};

test('gives usable copies while it is written to', async () => {
  const writes = keepWriting();
  const damages: unknown[] = [];
  for (let count = 0; count < COPIES; count += 1) {
    await copied();
    damages.push(damageOf(join(folder, 'copy.sqlite')));
    await pause(100);
  }
  await writes.stop();
  expect(damages).toEqual(Array.from({ length: COPIES }, () => 'ok'));
}, 30_000);

test('gives a usable copy to a program that takes seconds for it, while it is written to', async () => {
  const writes = keepWriting();
  const slow = join(folder, 'slow.sqlite');
  for await (const page of createReadStream(file, { highWaterMark: 65_536 })) {
    await appendFile(slow, z.instanceof(Buffer).parse(page));
    await pause(250);
  }
  const written = await writes.stop();
  expect(written).toBeGreaterThan(100);
  expect(damageOf(slow)).toBe('ok');
}, 30_000);

test('empties the log a moment after a change, so that nothing but the file is needed', async () => {
  await addOrganization('acme');
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  await untilLogIsEmpty();
  expect(await copied()).toEqual(['acme']);
});

test('empties the log once a program that was reading the file has finished', async () => {
  const other = new BetterSqlite(file);
  other.exec('begin');
  other.prepare('select count(*) from organization').get();
  await addOrganization('acme');
  await pause(1200);
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  other.exec('commit');
  while (statSync(`${file}-wal`).size > 0) {
    await pause(20);
  }
  other.close();
  expect(await copied()).toEqual(['acme']);
});

test.each(['-wal', '-journal'])('sets aside a %s without its database', async (ending) => {
  const lonely = join(folder, 'lonely.sqlite');
  for (const [content, name] of [
    ['first', 'orphaned'],
    ['second', 'orphaned-2'],
  ] as const) {
    await writeFile(`${lonely}${ending}`, content);
    const path = `${lonely}${ending}.${name}`;
    expect(setAsideOrphanedLogs(lonely)).toEqual([{ path, database: 'missing' }]);
    expect(await readFile(path, 'utf8')).toBe(content);
  }
});

/** The database and its log as they are on the disk at this moment, which is what a crash leaves. */
const crashed = async (name: string): Promise<string> => {
  const left = join(folder, name);
  await cp(file, left);
  await cp(`${file}-wal`, `${left}-wal`);
  return left;
};

const names = (database: string): unknown[] => {
  const connection = new BetterSqlite(database);
  const found = connection.prepare('select name from organization order by id').pluck().all();
  connection.close();
  return found;
};

test('keeps the log of a crash beside its own database', async () => {
  await addOrganization('acme');
  const left = await crashed('left.sqlite');
  expect(setAsideOrphanedLogs(left)).toEqual([]);
  expect(names(left)).toEqual(['acme']);
});

test('sets aside the log of a crash beside another database', async () => {
  await addOrganization('acme');
  const left = await crashed('left.sqlite');
  const other = join(folder, 'other.sqlite');
  await (await openDatabase({ engine: 'sqlite', file: other })).close();
  await cp(other, left);
  expect(setAsideOrphanedLogs(left)).toEqual([{ path: `${left}-wal.orphaned`, database: 'different' }]);
  expect(names(left)).toEqual([]);
});

test('sets aside the log of a crash beside an older copy of its database', async () => {
  await addOrganization('acme');
  while (statSync(`${file}-wal`).size > 0) {
    await pause(20);
  }
  await cp(file, join(folder, 'backup.sqlite'));
  await addOrganization('beta');
  while (statSync(`${file}-wal`).size > 0) {
    await pause(20);
  }
  await addOrganization('gamma');
  const left = await crashed('left.sqlite');
  await cp(join(folder, 'backup.sqlite'), left);
  expect(setAsideOrphanedLogs(left)).toEqual([{ path: `${left}-wal.orphaned`, database: 'different' }]);
  expect(names(left)).toEqual(['acme']);
});

test('refuses a folder that another process holds, naming it, until that process is killed', async () => {
  const module = JSON.stringify(new URL('folder-lock.ts', import.meta.url).href);
  const program = `const { lockFolder } = await import(${module});
    lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  expect(() => lockFolder(folder)).toThrow(FolderInUseError);
  expect(() => lockFolder(folder)).toThrow(`process ${holder.pid}`);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  lockFolder(folder)();
});

test('takes a folder again that this process has released', () => {
  const release = lockFolder(folder);
  expect(() => {
    lockFolder(folder);
  }).toThrow(FolderInUseError);
  release();
  const releaseAgain = lockFolder(folder);
  releaseAgain();
});
