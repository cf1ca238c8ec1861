import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startPostgres, type PostgresServer } from './postgres-server.ts';
import { makeProject, type CommandedProject } from './project.ts';

let server: PostgresServer;
let url = '';
let project: CommandedProject;

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  project = await makeProject();
});
afterEach(async () => {
  await project.remove();
});

const changed = (change: (address: URL) => void): string => {
  const address = new URL(url);
  change(address);
  return address.href;
};

test.each<[problem: string, change: (address: URL) => void, message: RegExp]>([
  ['a wrong password', (address) => (address.password = 'wrong-pass'), /refuses the user or the password/],
  ['a missing database', (address) => (address.pathname = '/no_such_database'), /does not exist/],
  [
    'a missing CA file',
    (address) => (address.search = 'sslmode=verify-ca&sslrootcert=none.crt'),
    /cannot be read/,
  ],
  ['verify-ca without a CA', (address) => (address.search = 'sslmode=verify-ca'), /without sslrootcert/],
  ['an unknown sslmode', (address) => (address.search = 'sslmode=verified'), /unknown sslmode verified/],
])('says what to correct for %s, and never advises to reset', async (_problem, change, message) => {
  const { exitCode, stderr } = await project.start({ DATABASE_URL: changed(change) });
  expect([exitCode, stderr]).toEqual([1, expect.stringMatching(message)]);
  expect(stderr).toContain('DATABASE_URL');
  expect(stderr).not.toMatch(/reset|Restore|wrong-pass/);
});

test.each(['p@ss/w#rd', 'pa/ss', 'pa#ss'])(
  'rejects the unencoded password "%s" without showing it',
  async (password) => {
    const { host, pathname } = new URL(url);
    const { exitCode, stderr } = await project.start({
      DATABASE_URL: `postgres://dashboard:${password}@${host}${pathname}`,
    });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('percent-encoding')]);
    expect(stderr.replaceAll(/%\w\w for ./g, '')).not.toMatch(/w#rd|ss@|ENOTFOUND/);
  },
);
