import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BackendProcess } from '../soak/backend-process.ts';
import { queryDatabase, startPostgres, type PostgresServer } from './postgres-server.ts';

const MAX_READ_MS = 1500;
const MAX_WRITE_MS = 6000;

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});

const isInTransaction = async (url: string): Promise<boolean> => {
  const rows = await queryDatabase(
    url,
    "select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'",
  );
  return rows.length > 0;
};

/** Pauses a replica in the middle of a write. */
const pauseWhileWriting = async (replica: BackendProcess, url: string): Promise<void> => {
  for (;;) {
    replica.signal('SIGSTOP');
    if (await isInTransaction(url)) {
      return;
    }
    replica.signal('SIGCONT');
    await pause(3);
  }
};

test('a replica paused in a write keeps reads of the others going, and their writes for seconds only', async () => {
  const url = await server.createDatabase();
  const environment = { DATABASE_URL: url, SECRET_KEY: 'a key that all replicas share' };
  const paused = await BackendProcess.prepare({ environment });
  const other = await BackendProcess.prepare({ environment });
  await paused.start();
  await other.start();
  const token = await other.logIn();
  let loading = true;
  const add = (replica: BackendProcess, name: string) =>
    replica.ask({ method: 'POST', path: '/clients', token, body: { name, organization: 'hospital' } });
  const load = async (writer: number): Promise<void> => {
    for (let count = 0; loading; count += 1) {
      await add(paused, `load-${writer}-${count}`).catch(() => undefined);
    }
  };
  const loads = Promise.all([1, 2, 3, 4].map(load));
  await pauseWhileWriting(paused, url);
  const write = { began: performance.now(), done: add(other, 'written-meanwhile') };
  for (let count = 0; count < 20; count += 1) {
    const began = performance.now();
    expect((await other.ask({ method: 'GET', path: '/clients', token })).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(MAX_READ_MS);
  }
  expect((await write.done).status).toBe(201);
  expect(performance.now() - write.began).toBeLessThan(MAX_WRITE_MS);
  paused.signal('SIGCONT');
  loading = false;
  await loads;
  expect((await add(paused, 'written-after')).status).toBe(201);
  await Promise.all([paused.remove(), other.remove()]);
});
