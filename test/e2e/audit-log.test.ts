import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { Api } from './api.ts';
import { dashboard } from './command.ts';
import { makeFolder } from './surroundings.ts';

const MINUTE = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';
const HEAD = /^\d+:[\da-f]{64}$/m;
const Verified = z.object({
  intact: z.boolean(),
  contains: z.boolean().optional(),
  proven_until: z.number(),
});

const folder = makeFolder();
const scratch = makeFolder();
let port = 0;
const run = (...args: readonly string[]) => dashboard(args, { cwd: folder.path });
const start = (...more: readonly string[]) => run('start', '--local', '-p', String(port), ...more);

/** Leaves a row behind, as anybody's log-in does. */
const logIn = async () => {
  const anyone = new Api(`http://127.0.0.1:${port}`);
  await (await anyone.logIn(EMAIL, PASSWORD)).close();
  await anyone.close();
};
const inFile = (statement: string): void => {
  const db = new Database(join(folder.path, 'db.sqlite'));
  db.exec(statement);
  db.close();
};
const verified = async (...more: readonly string[]) => {
  const ended = await run('audit', 'verify', '--json', ...more);
  return { exitCode: ended.exitCode, ...Verified.parse(JSON.parse(ended.stdout)) };
};

beforeAll(async () => {
  port = await freePort();
  expect((await start('--cred', `${EMAIL}:${PASSWORD}:org`)).exitCode).toBe(0);
}, MINUTE);
afterAll(async () => {
  await run('stop', '--local');
  folder.remove();
  scratch.remove();
}, MINUTE);

test(
  'a head is printed by the command and at stop, and later still found in the log',
  async () => {
    await logIn();
    const running = await run('audit', 'head');
    expect([running.exitCode, running.stdout]).toEqual([0, expect.stringMatching(HEAD)]);
    const early = join(scratch.path, 'early-head');
    writeFileSync(early, running.stdout);
    await logIn();
    expect(await verified('--head', early)).toMatchObject({ exitCode: 0, intact: true, contains: true });
    expect(await verified('--head', running.stdout.trim())).toMatchObject({ exitCode: 0, contains: true });
    const stopped = await run('stop', '--local');
    const [atStop = ''] = /\d+:[\da-f]{64}/.exec(stopped.stdout) ?? [];
    expect((await run('audit', 'head')).stdout.trim()).toBe(atStop);
    expect((await run('logs', '--local')).stdout).toContain(atStop);
    expect(await verified('--head', atStop)).toMatchObject({ exitCode: 0, contains: true });
  },
  2 * MINUTE,
);

test(
  'a log whose end was cut off is intact, but lacks an earlier head',
  async () => {
    const head = (await run('audit', 'head')).stdout.trim();
    const last = Number(head.split(':', 1)[0]);
    inFile(`create table kept as select * from audit where id = ${last}`);
    inFile(`delete from audit where id = ${last}; update audit_head set last_id = ${last} - 1,
      hash = (select hash from audit where id = ${last} - 1)`);
    expect(await verified('--head', head)).toMatchObject({ exitCode: 1, intact: true, contains: false });
    inFile(`insert into audit select * from kept; drop table kept;
      update audit_head set last_id = ${last}, hash = (select hash from audit where id = ${last})`);
    expect(await verified('--head', head)).toMatchObject({ exitCode: 0, contains: true });
  },
  MINUTE,
);

test(
  'a changed row is named, and a head that is none is rejected',
  async () => {
    inFile("update audit set actor = 'b' || actor where id = 2");
    const ended = await run('audit', 'verify');
    expect([ended.exitCode, ended.stdout]).toEqual([1, expect.stringContaining('row 2 is missing or not')]);
    inFile('update audit set actor = substr(actor, 2) where id = 2');
    expect((await run('audit', 'verify')).exitCode).toBe(0);
    const wrong = await run('audit', 'verify', '--head', '12:abc');
    expect([wrong.exitCode, wrong.stderr]).toEqual([1, expect.stringContaining('12:abc')]);
  },
  MINUTE,
);

test(
  'a backup carries the key, so that the restored log can be checked',
  async () => {
    const archive = join(scratch.path, 'project.tar.gz');
    expect((await run('backup', archive)).exitCode).toBe(0);
    const other = makeFolder();
    const restored = await dashboard(['restore', archive, '--local'], { cwd: other.path });
    expect([restored.exitCode, restored.stderr]).toEqual([0, expect.anything()]);
    expect((await dashboard(['audit', 'verify'], { cwd: other.path })).exitCode).toBe(0);
    other.remove();
  },
  MINUTE,
);
