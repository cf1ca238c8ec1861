import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { BackendProcess } from '../soak/backend-process.ts';
import { until } from '../support/until.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';
import { makeProject } from './project.ts';

let server: PostgresServer;
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

/** Stops the database for the time of some work, which may start it before its end. */
const whileDown = async (work: (up: () => Promise<void>) => Promise<void>): Promise<void> => {
  let down = true;
  const up = async (): Promise<void> => {
    if (down) {
      await server.up();
    }
    down = false;
  };
  await server.down();
  try {
    await work(up);
  } finally {
    await up();
  }
};

const statusOf = async (method: string, path: string): Promise<number> =>
  (await backend.ask({ method, path }).catch(() => undefined))?.status ?? 0;

test('waits for a database that is down at the start: alive, not ready, and 503 for everything', async () => {
  const url = await server.createDatabase();
  backend = await BackendProcess.prepare({ environment: { DATABASE_URL: url } });
  await whileDown(async (up) => {
    const started = backend.start();
    await until(async () => (await statusOf('GET', '/health')) === 200);
    const began = performance.now();
    const ready = await backend.ask({ method: 'GET', path: '/ready' });
    expect(performance.now() - began).toBeLessThan(1000);
    expect(ready).toMatchObject({ status: 503, json: { code: 'unavailable' } });
    const write = await backend.ask({ method: 'POST', path: '/login', body: { email: 'a@example.org' } });
    expect(write).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    const { pid } = backend;
    await up();
    expect(await started).toBeGreaterThan(0);
    expect(backend.pid).toBe(pid);
    expect(await backend.logIn()).toEqual(expect.any(String));
    expect(backend.log).toContain('does not respond');
  });
});

test('ends at SIGTERM while it waits for its database', async () => {
  const url = await server.createDatabase();
  backend = await BackendProcess.prepare({ environment: { DATABASE_URL: url } });
  await whileDown(async () => {
    const started = backend.start();
    await until(async () => (await statusOf('GET', '/health')) === 200);
    backend.signal('SIGTERM');
    await expect(started).rejects.toThrow('did not start');
  });
});

test('tells the person who starts it what it waits for', async () => {
  const url = await server.createDatabase();
  backend = await BackendProcess.prepare();
  const project = await makeProject();
  await whileDown(async () => {
    const { exitCode, stderr } = await project.start({ DATABASE_URL: url });
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('does not respond (ECONNREFUSED)')]);
    expect(stderr).not.toMatch(/reset|restore/i);
  });
  await project.remove();
});
