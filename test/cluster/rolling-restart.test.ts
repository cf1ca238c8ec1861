import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { BackendProcess } from '../soak/backend-process.ts';
import { startHaproxy } from './haproxy.ts';
import { startLoad } from './load.ts';
import { queryDatabase, startPostgres, type PostgresServer } from './postgres-server.ts';

let server: PostgresServer;
let url = '';
let replicas: readonly BackendProcess[] = [];
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  url = await server.createDatabase();
  const environment = {
    DATABASE_URL: url,
    SECRET_KEY: 'a key that all replicas share',
    NVFL_DRAIN_SECONDS: '3',
  };
  replicas = await Promise.all([1, 2, 3].map(() => BackendProcess.prepare({ environment })));
  await Promise.all(replicas.map((replica) => replica.start()));
});
afterEach(async () => {
  await Promise.all(replicas.map((replica) => replica.remove()));
});

test('restarts three replicas one after the other behind HAProxy without a failed request', async () => {
  const proxy = await startHaproxy(replicas.map(({ port }) => port));
  const [first] = replicas;
  const traffic = startLoad(proxy.origin, (await first?.logIn()) ?? '');
  const more = async (): Promise<void> => {
    const until = traffic.count() + 200;
    while (traffic.count() < until) {
      await pause(10);
    }
  };
  for (const replica of replicas) {
    await more();
    expect(await replica.stop()).toBe(0);
    await replica.start();
    // HAProxy takes it up again with its next check.
    await more();
  }
  await traffic.stop();
  await proxy.stop();
  expect(traffic.failures).toEqual([]);
  expect(await queryDatabase(url, 'select count(*)::int as sites from client')).toEqual([
    { sites: traffic.written.length },
  ]);
});

test('lets replicas of the version before restart while a later one has extended the tables', async () => {
  const proxy = await startHaproxy(replicas.map(({ port }) => port));
  const [first, second] = replicas;
  const traffic = startLoad(proxy.origin, (await first?.logIn()) ?? '');
  const more = async (): Promise<void> => {
    const until = traffic.count() + 200;
    while (traffic.count() < until) {
      await pause(10);
    }
  };
  await more();
  // What a later version does at its start, beside replicas that run.
  await queryDatabase(
    url,
    `begin;
     set local lock_timeout = 4000;
     alter table client add column later_setting varchar(16) not null default 'later';
     create index client_later on client (later_setting);
     create table later_table (id integer primary key, client_id integer not null);
     insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01');
     commit`,
  );
  await more();
  expect(await second?.stop()).toBe(0);
  await second?.start();
  await more();
  await traffic.stop();
  await proxy.stop();
  expect(traffic.failures).toEqual([]);
  expect(await queryDatabase(url, 'select count(*)::int as sites from client')).toEqual([
    { sites: traffic.written.length },
  ]);
  await second?.stop();
  await queryDatabase(url, "update schema_compatibility set oldest = '9999-later'");
  expect(await second?.startInVain()).not.toBe(0);
  expect(second?.log).toContain('was used by a later version');
});

test('serves everything while it drains, but is not ready, and ends each connection with its response', async () => {
  const [replica] = replicas;
  const token = (await replica?.logIn()) ?? '';
  const exit = replica?.stop();
  const ready = async () => replica?.ask({ method: 'GET', path: '/ready' });
  while ((await ready())?.status !== 503) {
    await pause(10);
  }
  expect(await ready()).toMatchObject({ json: { message: 'The backend is stopping.' } });
  expect(await replica?.ask({ method: 'GET', path: '/clients', token })).toMatchObject({
    status: 200,
    headers: { connection: 'close' },
  });
  expect(await exit).toBe(0);
});
