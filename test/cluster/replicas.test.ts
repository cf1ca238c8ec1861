import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ADMIN, BackendProcess } from '../soak/backend-process.ts';
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
  const environment = { DATABASE_URL: url, SECRET_KEY: 'a key that all replicas share' };
  replicas = await Promise.all([1, 2, 3].map(() => BackendProcess.prepare({ environment })));
  await Promise.all(replicas.map((replica) => replica.start()));
});
afterEach(async () => {
  await Promise.all(replicas.map((replica) => replica.remove()));
});

test('creates one project admin when three replicas start at once on an empty database', async () => {
  expect(await queryDatabase(url, 'select email from "user"')).toEqual([{ email: ADMIN.email }]);
  expect(await queryDatabase(url, "select id from audit where action = 'user.create'")).toHaveLength(1);
});

test('shows a freeze on every replica with the next request', async () => {
  const [first] = replicas;
  const token = await first?.logIn();
  expect(token).toEqual(expect.any(String));
  const ask = (replica: BackendProcess | undefined, method: string, path: string, body?: object) =>
    replica?.ask({ method, path, ...(token === undefined ? {} : { token }), body });
  const project = { short_name: 'study', server1: 'server.example.org', key_bits: 2048, frozen: true };
  expect(await ask(first, 'PATCH', '/project', project)).toMatchObject({ status: 200 });
  for (const replica of replicas) {
    expect(await ask(replica, 'GET', '/ca')).toMatchObject({ status: 200, json: { sealed: false } });
    expect(await ask(replica, 'POST', '/servers/1/blob', {})).toMatchObject({ status: 200 });
  }
});
