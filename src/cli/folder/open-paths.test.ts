import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openPaths } from './open-paths.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'open-paths-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('finds nothing in an empty folder, whatever its mode', async () => {
  await chmod(folder, 0o755);
  expect(await openPaths(folder)).toBeUndefined();
});

it('finds the folder, the database and the key that others can open', async () => {
  await writeFile(join(folder, 'db.sqlite'), '', { mode: 0o644 });
  await writeFile(join(folder, '.jwt-key'), '', { mode: 0o600 });
  await chmod(folder, 0o750);
  expect(await openPaths(folder)).toEqual([folder, join(folder, 'db.sqlite')]);
});
