import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Standby } from '../prepare/postgres.js';
import { BackendProcess } from '../soak/backend-process.ts';
import { until } from '../support/until.ts';
import { startDatabaseProxy } from './haproxy.ts';
import { queryDatabase, startPostgres, type PostgresServer } from './postgres-server.ts';
import { storedSites, writeSites } from './site-writers.ts';

const MINUTE_MS = 60_000;
const NO_WRITES = 'The database server takes no writes now; nothing was changed. Try again.';
const Message = z.object({ message: z.string() });
const READY = { method: 'GET', path: '/ready' } as const;

let server: PostgresServer;
let standby: Standby;
let proxy: Awaited<ReturnType<typeof startDatabaseProxy>>;
let backend: BackendProcess;
let url = '';

const through = (port: number): string => {
  const moved = new URL(url);
  moved.port = String(port);
  return moved.href;
};

const untilReady = (status: number): Promise<true> =>
  until(async () => (await backend.ask(READY).catch(() => undefined))?.status === status, MINUTE_MS);

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  standby = await server.standby();
  await queryDatabase(url, "alter system set synchronous_standby_names = '*'");
  await queryDatabase(url, 'select pg_reload_conf()');
  proxy = await startDatabaseProxy(Number(new URL(url).port), standby.port);
  backend = await BackendProcess.prepare({ environment: { DATABASE_URL: through(proxy.port) } });
}, 2 * MINUTE_MS);
afterAll(async () => {
  await backend.remove();
  await proxy.stop();
  await standby.stop();
  await server.stop();
}, MINUTE_MS);

test(
  'a network that is cut costs nothing but time: 503, then everything goes on',
  async () => {
    await backend.start();
    const load = writeSites(backend, await backend.logIn());
    await until(() => load.acknowledged.length > 50, MINUTE_MS);
    proxy.cut();
    await untilReady(503);
    await until(() => load.refused.length > 0, MINUTE_MS);
    proxy.mend();
    await untilReady(200);
    const before = load.acknowledged.length;
    await until(() => load.acknowledged.length > before + 50, MINUTE_MS);
    await load.stop();
    const stored = await storedSites(url);
    expect(load.acknowledged.filter((name) => !stored.has(name))).toEqual([]);
    expect(new Set(load.refused.map(({ status }) => status))).toEqual(new Set([503]));
    await backend.stop();
  },
  3 * MINUTE_MS,
);

test(
  'a failover to a standby loses no acknowledged write, and until it is the primary everybody gets 503',
  async () => {
    await backend.start();
    const { pid } = backend;
    const load = writeSites(backend, await backend.logIn(), 'f');
    await until(() => load.acknowledged.length > 50, MINUTE_MS);
    await server.kill();
    await untilReady(503);
    // The proxy leads to a server now that takes no writes.
    const refused = load.refused.length;
    await until(() => load.refused.length > refused + 50, MINUTE_MS);
    await until(async () => {
      const { status, json } = await backend.ask(READY);
      return status === 503 && Message.parse(json).message === NO_WRITES;
    }, MINUTE_MS);
    standby.promote();
    await untilReady(200);
    const before = load.acknowledged.length;
    await until(() => load.acknowledged.length > before + 50, MINUTE_MS);
    await load.stop();
    expect(backend.pid).toBe(pid);
    const stored = await storedSites(through(standby.port));
    expect(load.acknowledged.filter((name) => !stored.has(name))).toEqual([]);
    expect(new Set(load.refused.map(({ status }) => status))).toEqual(new Set([503]));
    expect(new Set(load.refused.map(({ retryAfter }) => retryAfter))).toEqual(new Set(['5']));
  },
  3 * MINUTE_MS,
);
