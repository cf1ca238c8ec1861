import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readArchive } from '../../archive/project-archive.ts';
import type { BackupSettings } from '../context/config.ts';
import type { ServerLog } from '../context/context.ts';
import { openDatabase } from '../store/open.ts';
import type { Database } from '../store/database.ts';
import { readLastBackup, readSchedule } from './backup-state.ts';
import { ScheduledBackups } from './scheduled-backups.ts';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-11-28T12:00:00Z');
const PASSPHRASE = 'nine black swans';

let webRoot: string;
let folder: string;
let db: Database;
let time: number;
let codes: unknown[];
let reported: string[];
let backups: ScheduledBackups;

const log: ServerLog = {
  info: (fields) => codes.push(fields),
  warn: (fields) => codes.push(fields),
  error: (fields) => codes.push(fields),
};
const open = (settings: Partial<BackupSettings> = {}): ScheduledBackups =>
  new ScheduledBackups({
    source: { config: { webRoot, database: { engine: 'sqlite', file: join(webRoot, 'db.sqlite') } }, db },
    settings: { everyMs: 24 * HOUR_MS, keep: 2, folder, passphrase: undefined, ...settings },
    log,
    now: () => new Date(time),
    onFailure: (reason) => {
      reported.push(reason);
      return Promise.reject(new Error('nobody listens'));
    },
  });
const archives = async (): Promise<readonly string[]> => (await readdir(folder)).sort();
const lookAfter = (hours: number): Promise<void> => {
  time += hours * HOUR_MS;
  return backups.look();
};

beforeEach(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'scheduled-'));
  folder = join(webRoot, 'backups');
  db = await openDatabase({ engine: 'sqlite', file: join(webRoot, 'db.sqlite') });
  time = START;
  codes = [];
  reported = [];
  backups = open();
});
afterEach(async () => {
  await db.close();
  await rm(webRoot, { recursive: true });
});

test('takes one at once, the next when it is due, and none in between', async () => {
  await backups.look();
  await lookAfter(23);
  expect(await archives()).toEqual(['dashboard-20261128T120000Z.tar.gz']);
  await lookAfter(1);
  expect(await archives()).toEqual([
    'dashboard-20261128T120000Z.tar.gz',
    'dashboard-20261129T120000Z.tar.gz',
  ]);
  expect(await readLastBackup(webRoot)).toMatchObject({
    at: '2026-11-29T12:00:00.000Z',
    file: 'backups/dashboard-20261129T120000Z.tar.gz',
  });
});

test('keeps to its time after a restart', async () => {
  await backups.look();
  backups = open();
  await lookAfter(23);
  expect(await archives()).toHaveLength(1);
  await lookAfter(1);
  expect(await archives()).toHaveLength(2);
});

test('takes the next one in time after the clock was put back', async () => {
  await backups.look();
  await lookAfter(-48);
  expect(await archives()).toHaveLength(2);
});

test('deletes the oldest of its own beyond the number to keep, and nothing of anybody else', async () => {
  const foreign = ['dashboard-20200101T000000Z.tar.gz', 'dashboard-20200101T000000Z.tar.gz.enc', 'notes.txt'];
  await mkdir(folder);
  for (const name of foreign) {
    await writeFile(join(folder, name), 'mine');
  }
  for (let day = 0; day < 4; day += 1) {
    await lookAfter(24);
  }
  const own = ['dashboard-20261201T120000Z.tar.gz', 'dashboard-20261202T120000Z.tar.gz'];
  expect(await archives()).toEqual([...foreign, ...own].sort());
});

test('writes private archives that can be restored, and leaves nothing else', async () => {
  await backups.look();
  const [name = ''] = await archives();
  expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  const into = await mkdtemp(join(webRoot, 'restored-'));
  const { files } = await readArchive(join(folder, name), into, undefined);
  expect(files).toEqual(['db.sqlite']);
  const left = (await readdir(webRoot)).filter((entry) => entry.startsWith('.backup-'));
  expect(left).toEqual(['.backup-schedule.json']);
});

test('encrypts them under the passphrase it was given', async () => {
  backups = open({ passphrase: PASSPHRASE });
  await backups.look();
  const [name = ''] = await archives();
  expect(name).toMatch(/\.tar\.gz\.enc$/);
  const into = await mkdtemp(join(webRoot, 'restored-'));
  await expect(readArchive(join(folder, name), into, undefined)).rejects.toMatchObject({
    code: 'passphrase_missing',
  });
  await expect(readArchive(join(folder, name), into, PASSPHRASE)).resolves.toMatchObject({
    files: ['db.sqlite'],
  });
  expect(await readSchedule(webRoot)).toMatchObject({ encrypted: true });
});

test('logs, notes and tells an error, tries again after ten minutes, and forgets it after a success', async () => {
  await writeFile(folder, 'a file where the folder should be');
  await backups.look();
  expect(codes).toEqual([expect.objectContaining({ code: 'backup_failed' })]);
  expect(await readSchedule(webRoot)).toMatchObject({
    failed: { reason: expect.stringContaining('EEXIST') },
  });
  expect(reported).toEqual([expect.stringContaining('EEXIST')]);
  expect(await readLastBackup(webRoot)).toBeUndefined();
  await rm(folder);
  await lookAfter(1 / 12);
  expect(codes).toHaveLength(1);
  await lookAfter(1 / 12);
  expect(await archives()).toHaveLength(1);
  expect((await readSchedule(webRoot))?.failed).toBeUndefined();
});

test('goes on taking them when an old one has gone already', async () => {
  for (let day = 0; day < 2; day += 1) {
    await lookAfter(24);
  }
  await rm(join(folder, 'dashboard-20261129T120000Z.tar.gz'));
  await lookAfter(24);
  expect(await archives()).toEqual([
    'dashboard-20261130T120000Z.tar.gz',
    'dashboard-20261201T120000Z.tar.gz',
  ]);
});
