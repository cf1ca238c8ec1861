import { rmSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { queryDatabase, startPostgres, type PostgresServer } from './postgres-server.ts';
import { addSite, makeProject, siteNames, type CommandedProject } from './project.ts';

let server: PostgresServer;
let url = '';
let project: CommandedProject;
let other: CommandedProject;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  url = await server.createDatabase();
  project = await makeProject();
  other = await makeProject();
});
afterEach(async () => {
  await project.remove();
  await other.remove();
});

const archiveIn = (folder: string): string =>
  join(folder, readdirSync(folder).find((name) => name.endsWith('.tar.gz')) ?? 'none');

test('backs up the PostgreSQL project although an old db.sqlite lies beside it', async () => {
  await project.start();
  await project.stop();
  rmSync(join(project.folder, '.database.json'), { force: true });
  await other.start({ DATABASE_URL: url });
  await other.stop();
  expect((await project.start({ DATABASE_URL: url })).exitCode).toBe(0);
  await addSite(project, 'site-in-postgres');
  const backup = await project.run(['backup', project.folder], { DATABASE_URL: url });
  expect([backup.exitCode, backup.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  const restored = await makeProject();
  const restore = await restored.run(['restore', archiveIn(project.folder), '--yes', '--local']);
  expect([restore.exitCode, restore.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  await restored.start();
  expect(await siteNames(restored)).toContain('site-in-postgres');
  await restored.remove();
});

test('restores a backup into the empty PostgreSQL database that DATABASE_URL names', async () => {
  await project.start({ DATABASE_URL: url });
  await addSite(project, 'site-to-restore');
  await project.run(['backup', project.folder], { DATABASE_URL: url });
  const empty = { DATABASE_URL: await server.createDatabase() };
  const restore = ['restore', archiveIn(project.folder), '--yes', '--local'];
  expect(await other.run(restore, empty)).toMatchObject({ exitCode: 0 });
  await other.start(empty);
  expect(await siteNames(other)).toContain('site-to-restore');
  await addSite(other, 'site-after-restore');
  await other.stop();
  const again = await other.run(restore, empty);
  expect([again.exitCode, again.stderr]).toEqual([1, expect.stringContaining('holds another project')]);
});

test.each(['backup', 'admin reset', 'start --local'])(
  'refuses "%s" of a project in PostgreSQL without its URL and names the database',
  async (command) => {
    await project.start({ DATABASE_URL: url });
    await project.stop();
    // Such as NVIDIA's, which the folder held before.
    writeFileSync(join(project.folder, 'db.sqlite'), 'an old database');
    const { exitCode, stderr } = await project.run(command.split(' '));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(new URL(url).pathname);
    expect(stderr).toContain('DATABASE_URL');
    expect(stderr).not.toContain(new URL(url).password);
    expect(readdirSync(project.folder).filter((name) => name.endsWith('.tar.gz'))).toEqual([]);
  },
);

test('refuses to begin an empty project in PostgreSQL over one in db.sqlite', async () => {
  await project.start();
  await project.stop();
  for (const marked of [true, false]) {
    rmSync(join(project.folder, marked ? 'none' : '.database.json'), { force: true });
    const { exitCode, stderr } = await project.start({ DATABASE_URL: url });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('db.sqlite')]);
  }
  expect(await queryDatabase(url, "select to_regclass('user') as found")).toEqual([{ found: null }]);
});

test('refuses another PostgreSQL database than the one of the folder', async () => {
  await project.start({ DATABASE_URL: url });
  await project.stop();
  const { exitCode, stderr } = await project.start({ DATABASE_URL: await server.createDatabase() });
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining(new URL(url).pathname)]);
});

test('follows its database to another address', async () => {
  await project.start({ DATABASE_URL: url });
  await project.stop();
  const renamed = new URL(url);
  renamed.pathname = `${renamed.pathname}_renamed`;
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  await queryDatabase(
    maintenance.href,
    `alter database ${new URL(url).pathname.slice(1)} rename to ${renamed.pathname.slice(1)}`,
  );
  expect(await project.start({ DATABASE_URL: renamed.href })).toMatchObject({ exitCode: 0 });
});

test('leaves a project in PostgreSQL alone when asked to reset it', async () => {
  await project.start({ DATABASE_URL: url });
  await project.stop();
  const { exitCode, stderr } = await project.run(['reset', '--local', '--yes']);
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('left alone')]);
});
