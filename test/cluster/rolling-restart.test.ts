import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { BackendProcess } from '../soak/backend-process.ts';
import { until } from '../support/until.ts';
import { startHaproxy } from './haproxy.ts';
import { underLoad } from './load.ts';
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
    // Longer than HAProxy takes to see a replica drain, on a busy machine as well.
    NVFL_DRAIN_SECONDS: '5',
  };
  replicas = await Promise.all([1, 2, 3].map(() => BackendProcess.prepare({ environment })));
  await Promise.all(replicas.map((replica) => replica.start()));
});
afterEach(async () => {
  await Promise.all(replicas.map((replica) => replica.remove()));
});

/** Does something to the replicas while requests come through HAProxy; `more` waits for 200 further responses. */
const withoutFailure = async (work: (more: () => Promise<unknown>) => Promise<void>): Promise<void> => {
  const { origin, stop } = await startHaproxy(replicas.map(({ port }) => port));
  const token = (await replicas[0]?.logIn()) ?? '';
  try {
    const { failures, written } = await underLoad({ origin, token }, ({ count }) =>
      work(() => {
        const goal = count() + 200;
        return until(() => count() >= goal);
      }),
    );
    expect(failures).toEqual([]);
    expect(await queryDatabase(url, 'select count(*)::int as sites from client')).toEqual([
      { sites: written.length },
    ]);
  } finally {
    await stop();
  }
};

test('restarts three replicas one after the other behind HAProxy without a failed request', async () => {
  await withoutFailure(async (more) => {
    for (const replica of replicas) {
      await more();
      expect(await replica.stop()).toBe(0);
      await replica.start();
      // HAProxy takes it up again with its next check.
      await more();
    }
  });
});

test('lets replicas of the version before restart while a later one has extended the tables', async () => {
  const [, second] = replicas;
  await withoutFailure(async (more) => {
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
  });
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
