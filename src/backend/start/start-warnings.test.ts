import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Database } from '../store/database.ts';
import { openDatabase } from '../store/open.ts';
import { readProject } from '../store/project.ts';
import { warnAtStart } from './start-warnings.ts';

let folder = '';
let db: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-warnings-'));
  db = await openDatabase({ engine: 'sqlite', file: join(folder, 'db.sqlite') });
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

const said = async (target_release: string, target_release_origin: string) => {
  const lines: string[] = [];
  const note = (level: string) => (_fields: object, message: string) => {
    lines.push(`${level}: ${message}`);
  };
  const log = { info: note('info'), warn: note('warn'), error: note('error') };
  const project = { ...(await readProject(db.reader)), target_release, target_release_origin };
  return { warnings: await warnAtStart(folder, db.reader, project, log), lines };
};

test('warns of a release that was assumed, naming those that it may be', async () => {
  expect(await said('2.5', 'assumed')).toEqual({
    warnings: 1,
    lines: ['warn: The project was made for NVFLARE 2.2 to 2.5; kits are made for 2.5.'],
  });
});

test('names a release that was detected', async () => {
  expect(await said('2.7', 'detected')).toEqual({
    warnings: 0,
    lines: ['info: The project was made for NVFLARE 2.7; its kits are for that release.'],
  });
});

test('says nothing of a release that was chosen', async () => {
  expect(await said('2.9', 'chosen')).toEqual({ warnings: 0, lines: [] });
});

test('names settings of the properties file that have no effect', async () => {
  await writeFile(join(folder, 'properties.yml'), 'server:\n  conect_to: x\n  scheme: tcp\n');
  const { warnings, lines } = await said('2.9', 'chosen');
  expect([warnings, lines]).toEqual([
    1,
    [expect.stringMatching(/properties\.yml .* without effect: server\.conect_to .*\(and 1 more\)/)],
  ]);
});
