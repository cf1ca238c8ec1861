import { chmod, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { startBackend } from '../api/backend.ts';

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

it('closes an open project folder to others before its database is opened', async () => {
  const first = await startBackend();
  const { folder } = first;
  const files = ['db.sqlite', '.jwt-key'].map((name) => join(folder, name));
  for (const file of files) {
    await chmod(file, 0o644);
  }
  await chmod(folder, 0o777);
  const backend = await first.restart();
  await backend.user('somebody@example.org', 'member', 'clinic', 100);
  for (const file of [...files, join(folder, 'db.sqlite-wal'), join(folder, 'db.sqlite-shm')]) {
    expect([file, await modeOf(file)]).toEqual([file, '600']);
  }
  expect(await modeOf(folder)).toBe('700');
  await backend.close();
}, 180_000);
