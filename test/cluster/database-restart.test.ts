import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { BackendProcess } from '../soak/backend-process.ts';
import { until } from '../support/until.ts';
import { queryDatabase, startPostgres, type PostgresServer } from './postgres-server.ts';
import { storedSites, writeSites } from './site-writers.ts';

const READY = { method: 'GET', path: '/ready' } as const;

let server: PostgresServer;
let url = '';
let backend: BackendProcess;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});
afterEach(async () => {
  await backend.remove();
});

const prepare = async (): Promise<void> => {
  url = await server.createDatabase();
  backend = await BackendProcess.prepare({ environment: { DATABASE_URL: url } });
};

const untilReady = (status: number): Promise<true> =>
  until(async () => (await backend.ask(READY).catch(() => undefined))?.status === status, 60_000);

/** Waits until a list is so much longer. */
const further = (list: readonly unknown[], by: number): Promise<unknown> => {
  const goal = list.length + by;
  return until(() => list.length >= goal);
};

test('survives restarts of PostgreSQL under load and keeps every acknowledged write', async () => {
  await prepare();
  await backend.start();
  const { pid } = backend;
  const load = writeSites(backend, await backend.logIn());
  for (let round = 1; round <= 3; round += 1) {
    await further(load.acknowledged, 20);
    await server.down();
    await untilReady(503);
    await server.up();
    await untilReady(200);
  }
  await further(load.acknowledged, 20);
  await load.stop();
  expect(backend.pid).toBe(pid);
  const stored = await storedSites(url);
  expect(load.acknowledged.filter((name) => !stored.has(name))).toEqual([]);
  expect(load.refused.length).toBeGreaterThan(0);
  expect(new Set(load.refused.map(({ status }) => status))).toEqual(new Set([503]));
  expect(new Set(load.refused.map(({ retryAfter }) => retryAfter))).toEqual(new Set(['5']));
});

test('survives the termination of all its connections while they are in use', async () => {
  await prepare();
  await backend.start();
  const load = writeSites(backend, await backend.logIn());
  for (let round = 1; round <= 5; round += 1) {
    await further(load.acknowledged, 10);
    await queryDatabase(
      url,
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
  }
  await load.stop();
  expect((await backend.ask(READY)).status).toBe(200);
  expect(new Set(load.refused.map(({ status }) => status))).toEqual(new Set([503]));
});
