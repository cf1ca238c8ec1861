import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { pngOf } from '../support/picture.ts';
import { Api } from './api.ts';
import { dashboard, type Ended } from './command.ts';
import { makeFolder } from './surroundings.ts';

const MINUTE_MS = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';

const Token = z.object({ token: z.string() });
const State = z.object({ state: z.string() });

const project = makeFolder();
const elsewhere = makeFolder();
let admin: Api;
let url = '';

/** Runs the command on another host, as a pipeline with a token of the project in a file. */
const remote = (...args: readonly string[]): Promise<Ended> =>
  dashboard([...args, '--url', url], { cwd: elsewhere.path, environment: { NVFL_TOKEN_FILE: 'token' } });

const json = async (...args: readonly string[]): Promise<unknown> => {
  const { stdout, stderr, exitCode } = await remote(...args, '--json');
  expect([exitCode, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
};

beforeAll(async () => {
  const port = String(await freePort());
  url = `http://127.0.0.1:${port}`;
  const start = ['start', '--local', '-p', port, '--cred', `${EMAIL}:${PASSWORD}:org`];
  expect((await dashboard(start, { cwd: project.path })).exitCode).toBe(0);
  const anyone = new Api(url);
  admin = await anyone.logIn(EMAIL, PASSWORD);
  await anyone.close();
  const created = await admin.must('POST', '/project/tokens', { name: 'nightly', scopes: ['write'] });
  writeFileSync(join(elsewhere.path, 'token'), `${Token.parse(created.json).token}\n`);
}, MINUTE_MS);
afterAll(async () => {
  await admin.close();
  await dashboard(['stop', '--local'], { cwd: project.path });
  project.remove();
  elsewhere.remove();
}, MINUTE_MS);

test(
  'a token of the project works in commands, and names itself in the audit log',
  async () => {
    expect((await remote('project', 'set', 'server1=fl.example.org')).exitCode).toBe(0);
    expect((await remote('project', 'get', 'server1')).stdout).toBe('fl.example.org\n');
    const added = await remote('users', 'add', 'cora@clinic.org', '--organization', 'clinic');
    expect([added.exitCode, added.stderr]).toEqual([0, '']);
    expect((await remote('users', 'approve', 'cora@clinic.org')).exitCode).toBe(0);
    expect((await remote('sites', 'add', 'ward-1', '--organization', 'clinic')).exitCode).toBe(0);
    const { json: audit } = await admin.must('GET', '/audit?limit=10');
    expect(JSON.stringify(audit)).toContain('"actor":"token:nightly"');
  },
  MINUTE_MS,
);

test(
  'the logo is set from a file, and kept as a project file says',
  async () => {
    const picture = pngOf(8, 8);
    writeFileSync(join(elsewhere.path, 'logo.png'), picture);
    writeFileSync(join(elsewhere.path, 'notes.txt'), 'no picture');
    const set = await remote('project', 'set', 'logo=logo.png', 'color=#005a9c');
    expect([set.exitCode, set.stdout]).toEqual([0, 'Changed: color, logo.\n']);
    const { body } = await admin.must('GET', '/project/logo');
    expect(body.equals(picture)).toBe(true);
    const file = (logo: string) => {
      writeFileSync(join(elsewhere.path, 'project.yaml'), `project: { logo: "${logo}", color: "#005a9c" }\n`);
    };
    file('logo.png');
    expect((await remote('apply', 'project.yaml', '--check')).exitCode).toBe(0);
    file('');
    const check = await remote('apply', 'project.yaml', '--check');
    expect([check.exitCode, check.stdout]).toEqual([2, 'Would remove the logo\n']);
    expect(await json('apply', 'project.yaml')).toMatchObject({ state: 'applied' });
    expect((await admin.send('GET', '/project/logo')).status).toBe(404);
    const refused = await remote('project', 'set', 'logo=notes.txt');
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringMatching(/PNG|JPEG|picture/)]);
    expect((await remote('project', 'set', 'logo=absent.png')).exitCode).toBe(1);
  },
  MINUTE_MS,
);

test(
  'organizations are renamed, and merged once the plan was confirmed',
  async () => {
    for (const name of ['Ward 1', 'Ward I']) {
      expect((await remote('organizations', 'add', name)).exitCode).toBe(0);
    }
    await remote('users', 'add', 'mover@clinic.org', '--organization', 'Ward_I');
    expect(State.parse(await json('organizations', 'rename', 'Ward_1', 'Ward_One')).state).toBe('renamed');
    const without = await remote('organizations', 'merge', 'Ward_I', '--into', 'Ward_One');
    expect([without.exitCode, without.stderr]).toEqual([2, expect.stringContaining('--cred')]);
    const merge = [
      'organizations',
      'merge',
      'Ward_I',
      '--into',
      'Ward_One',
      '--cred',
      `${EMAIL}:${PASSWORD}`,
    ];
    const planned = await remote(...merge);
    expect([planned.exitCode, planned.stdout]).toEqual([
      0,
      expect.stringMatching(/Ward_I .*→ Ward_One .*\n.*1 person and 0 sites move.*\nNothing was changed/),
    ]);
    expect(State.parse(await json(...merge)).state).toBe('planned');
    expect(await json(...merge, '--yes')).toMatchObject({
      state: 'merged',
      organization: { name: 'Ward_One', users: 1 },
    });
    const { stdout } = await remote('organizations', 'list');
    expect(stdout).toContain('Ward_One');
    expect(stdout).not.toContain('Ward_I ');
    const absent = await remote(...merge, '--yes');
    expect([absent.exitCode, absent.stderr]).toEqual([1, expect.stringContaining('no such organization')]);
  },
  MINUTE_MS,
);
