import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { readArchive } from '../../src/archive/project-archive.ts';
import { BackendProcess } from '../soak/backend-process.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';

const POLL_MS = 500;
const TAKEN = /^nvflare_dashboard_last_backup_timestamp_seconds [1-9]/m;

let server: PostgresServer;
let backend: BackendProcess;
beforeAll(async () => {
  server = await startPostgres();
  backend = await BackendProcess.prepare({
    environment: { NVFL_METRICS: '1', NVFL_BACKUP_EVERY: '1h', DATABASE_URL: await server.createDatabase() },
  });
  await backend.start();
});
afterAll(async () => {
  await backend.remove();
  await server.stop();
});

const metrics = async (): Promise<string> => (await fetch(`${backend.url}/metrics`)).text();

test('takes backups of a project in PostgreSQL as an SQLite file that can be restored', async () => {
  while (!TAKEN.test(await metrics())) {
    await pause(POLL_MS);
  }
  const [name = ''] = readdirSync(join(backend.folder, 'backups'));
  const into = await mkdtemp(join(tmpdir(), 'restored-'));
  const { files } = await readArchive(join(backend.folder, 'backups', name), into, undefined);
  expect(files).toContain('db.sqlite');
  const restored = new Database(join(into, 'db.sqlite'), { readonly: true });
  expect(restored.prepare('select count(*) from user').pluck().get()).toBe(1);
  restored.close();
  await rm(into, { recursive: true });
});
