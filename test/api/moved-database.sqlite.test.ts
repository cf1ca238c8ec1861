import { mkdtemp, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { startBackend, type Backend } from './backend.ts';

let backend: Backend | undefined;
afterEach(() => backend?.close());

test('answers 503 for readiness and changes while the database file is elsewhere', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'moved-'));
  const database = { engine: 'sqlite', file: path.join(folder, 'db.sqlite') } as const;
  backend = await startBackend({ folder, database });
  const { admin } = backend;
  const [file, elsewhere] = [path.join(folder, 'db.sqlite'), path.join(folder, 'old.sqlite')];
  await rename(file, elsewhere);
  expect(await admin('PATCH', '/project', { title: 'Lost' })).toMatchObject({
    status: 503,
    json: { code: 'database_moved', message: expect.stringContaining('moved, deleted or replaced') },
  });
  const ready = await fetch(`${backend.url}/ready`);
  expect([ready.status, await ready.json()]).toMatchObject([503, { code: 'database_moved' }]);
  await rename(elsewhere, file);
  expect(await admin('PATCH', '/project', { title: 'Found' })).toMatchObject({ status: 200 });
  expect((await fetch(`${backend.url}/ready`)).status).toBe(200);
});
