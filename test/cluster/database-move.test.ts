import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import BetterSqlite from 'better-sqlite3';
import { z } from 'zod';
import { createNvidiaDatabase } from '../support/nvidia-database.ts';
import { queryDatabase, startPostgres, type PostgresServer } from './postgres-server.ts';
import { addSite, makeProject, siteNames, type CommandedProject } from './project.ts';

const Moved = z.object({ state: z.literal('moved'), rows: z.record(z.string(), z.number()) });

let server: PostgresServer;
let url = '';
let project: CommandedProject;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  url = await server.createDatabase();
  project = await makeProject();
});
afterEach(async () => {
  await project.remove();
});

const move = (to: string, ...more: readonly string[]) =>
  project.run(['database', 'move', '--to', to, '--local', ...more], { DATABASE_URL: url });

const freeze = () =>
  project.asAdmin(async (admin) => {
    await admin.must('PATCH', '/project', {
      short_name: 'study',
      server1: 'fl.example.org',
      key_bits: 2048,
      frozen: true,
    });
    return (await admin.must('GET', '/ca')).json;
  });

test('moves a frozen project to PostgreSQL and back, with root CA, passwords and audit chain', async () => {
  await project.start();
  await addSite(project, 'moved-site');
  const root = await freeze();
  await project.stop();
  const there = await move('postgres', '--json');
  expect([there.exitCode, there.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  expect(Moved.parse(JSON.parse(there.stdout)).rows).toMatchObject({ client: 1, user: 1, project: 1 });
  expect(readdirSync(project.folder)).not.toContain('db.sqlite');
  expect(await project.start({ DATABASE_URL: url })).toMatchObject({ exitCode: 0 });
  await addSite(project, 'site-in-postgres');
  await project.stop();
  const back = await move('sqlite');
  expect([back.exitCode, back.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  expect(await project.start()).toMatchObject({ exitCode: 0 });
  await addSite(project, 'site-in-sqlite');
  const sites = await siteNames(project);
  for (const name of ['moved-site', 'site-in-postgres', 'site-in-sqlite']) {
    expect(sites).toContain(name);
  }
  await project.asAdmin(async (admin) => {
    expect((await admin.must('GET', '/ca')).json).toEqual(root);
    expect((await admin.must('GET', '/audit')).json).toMatchObject({ intact: true });
  });
});

test('moves a project of another dashboard with odd rows, and nothing of it is lost', async () => {
  const file = await createNvidiaDatabase(project.folder, '2.9');
  const database = new BetterSqlite(file);
  database.pragma('foreign_keys = off');
  database.exec(`delete from user where id = 2;
    update client set name = null, download_count = 'many', organization_id = 77;
    update user set description = '${'long '.repeat(200)}'`);
  database.close();
  expect(await move('postgres')).toMatchObject({ exitCode: 0 });
  expect(await queryDatabase(url, 'select name, download_count, creator_id from client')).toEqual([
    { name: 'unnamed-1', download_count: 0, creator_id: 1 },
  ]);
  expect(await queryDatabase(url, 'select length(description) as length from "user"')).toEqual([
    { length: 1000 },
  ]);
  expect(await project.start({ DATABASE_URL: url })).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('client 1, name is now unnamed-1'),
  });
});

test('refuses to move while a dashboard runs, here or elsewhere', async () => {
  await project.start();
  const here = await move('postgres');
  expect([here.exitCode, here.stderr]).toEqual([1, expect.stringContaining('Stop it first')]);
  await project.stop();
  await move('postgres');
  const elsewhere = await makeProject();
  await elsewhere.start({ DATABASE_URL: url });
  const { exitCode, stderr } = await move('sqlite');
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('is open in a running dashboard')]);
  expect(readdirSync(project.folder)).not.toContain('db.sqlite');
  await elsewhere.remove();
});

test('completes a move that was interrupted, and never over another project', async () => {
  await project.start();
  await addSite(project, 'interrupted');
  await project.stop();
  const other = await makeProject();
  await other.start({ DATABASE_URL: url });
  await other.stop();
  const refused = await move('postgres');
  expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('holds another project')]);
  expect(readdirSync(project.folder)).toContain('db.sqlite');
  url = await server.createDatabase();
  // A connection cut in the middle of the copy leaves nothing behind.
  const moving = move('postgres');
  const cut =
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name like '%maintenance'";
  for (let round = 0; round < 40; round += 1) {
    await queryDatabase(url, cut);
  }
  await moving;
  expect(await move('postgres')).toMatchObject({ exitCode: 0 });
  expect(await queryDatabase(url, 'select name from client')).toEqual([{ name: 'interrupted' }]);
  await other.remove();
});
