import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { BackendProcess } from '../soak/backend-process.ts';
import { startPgBouncer } from './pgbouncer.ts';
import { queryDatabase, startPostgres, type PostgresServer } from './postgres-server.ts';
import { speakTls } from './server-certificate.ts';

let server: PostgresServer;
let url = '';
let ca = '';
let backends: BackendProcess[] = [];

beforeAll(async () => {
  server = await startPostgres();
  ca = await speakTls(await server.createDatabase());
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  url = await server.createDatabase();
});
afterEach(async () => {
  await Promise.all(backends.map((backend) => backend.remove()));
  backends = [];
});

const withSearch = (search: string, host = 'localhost'): string => {
  const address = new URL(url);
  address.hostname = host;
  address.search = search;
  return address.href;
};

const prepare = async (databaseUrl: string): Promise<BackendProcess> => {
  const environment = { DATABASE_URL: databaseUrl, SECRET_KEY: 'a key that all replicas share' };
  const backend = await BackendProcess.prepare({ environment });
  copyFileSync(ca, join(backend.folder, 'database-ca.crt'));
  backends.push(backend);
  return backend;
};

const addSite = async (backend: BackendProcess, name: string): Promise<number> => {
  const token = await backend.logIn();
  const body = { name, organization: 'hospital' };
  return (await backend.ask({ method: 'POST', path: '/clients', token, body })).status;
};

const encrypted = async (): Promise<unknown> =>
  queryDatabase(
    url,
    `select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid)
      where datname = current_database() and application_name = 'nvflare-dashboard'`,
  );

const CA = 'sslrootcert=database-ca.crt';

test.each([
  ['require, without a look at the certificate', 'sslmode=require', '127.0.0.1', true],
  ['verify-ca, whatever the host name', `sslmode=verify-ca&${CA}`, '127.0.0.1', true],
  ['verify-full', `sslmode=verify-full&${CA}`, 'localhost', true],
  ['disable', 'sslmode=disable', 'localhost', false],
])('connects with sslmode %s', async (_mode, search, host, ssl) => {
  const backend = await prepare(withSearch(search, host));
  await backend.start();
  expect(await addSite(backend, 'site')).toBe(201);
  expect(await encrypted()).toEqual([{ ssl }]);
  expect(backend.log).not.toContain('SECURITY WARNING');
});

test.each([
  ['verify-full under another host name', `sslmode=verify-full&${CA}`, '127.0.0.1'],
  ['verify-full by a CA that this host does not know', 'sslmode=verify-full', 'localhost'],
])('refuses %s and names the remedy', async (_what, search, host) => {
  const backend = await prepare(withSearch(search, host));
  expect(await backend.startInVain()).toBe(70);
  expect(backend.log).toContain('shows a certificate that this host does not trust');
  expect(backend.log).toContain('sslrootcert=FILE');
});

test('connects over a Unix socket', async () => {
  const rows = await queryDatabase(url, "select current_setting('unix_socket_directories') as folder");
  const [{ folder }] = z.tuple([z.object({ folder: z.string() })]).parse(rows);
  const { username, password, port, pathname } = new URL(url);
  const backend = await prepare(
    `postgres://${username}:${password}@${encodeURIComponent(folder)}:${port}${pathname}`,
  );
  await backend.start();
  expect(await addSite(backend, 'site')).toBe(201);
});

test('keeps two projects in two schemas of one database apart', async () => {
  await queryDatabase(url, 'create schema app');
  const first = await prepare(url);
  const second = await prepare(withSearch('options=-c%20search_path%3Dapp'));
  await first.start();
  await second.start();
  expect(await addSite(first, 'site')).toBe(201);
  expect(await addSite(second, 'site')).toBe(201);
  const names = await queryDatabase(
    url,
    'select name from app.client union all select name from public.client',
  );
  expect(names).toEqual([{ name: 'site' }, { name: 'site' }]);
  await second.stop();
  await second.start();
  expect(await addSite(second, 'another-site')).toBe(201);
});

test('runs two replicas behind PgBouncer in transaction mode, also through its restart', async () => {
  let bouncer = await startPgBouncer(url);
  const [one, other] = [await prepare(bouncer.url), await prepare(bouncer.url)];
  await Promise.all([one.start(), other.start()]);
  const token = await one.logIn();
  const acknowledged: string[] = [];
  const refused: number[] = [];
  const write = async (backend: BackendProcess, writer: number): Promise<void> => {
    for (let count = 0; count < 20; count += 1) {
      const name = `site-${writer}-${count}`;
      const body = { name, organization: 'hospital' };
      const { status } = await backend.ask({ method: 'POST', path: '/clients', token, body });
      if (status === 201) {
        acknowledged.push(name);
      } else {
        refused.push(status);
      }
    }
  };
  await Promise.all([1, 2, 3, 4].map((writer) => write(writer % 2 === 0 ? one : other, writer)));
  expect(refused).toEqual([]);
  await bouncer.stop();
  expect((await one.ask({ method: 'GET', path: '/ready' })).status).toBe(503);
  bouncer = await startPgBouncer(url, new URL(bouncer.url).port);
  for (const backend of [one, other]) {
    while ((await backend.ask({ method: 'GET', path: '/ready' })).status !== 200) {
      await pause(20);
    }
  }
  expect(await addSite(other, 'site-after')).toBe(201);
  expect(await queryDatabase(url, 'select count(*)::int as sites from client')).toEqual([
    { sites: acknowledged.length + 1 },
  ]);
  await bouncer.stop();
});
