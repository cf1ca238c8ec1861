import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Api } from './api.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard } from './command.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;
const SAMPLE_MS = 150;
const EMAIL = 'admin@example.org';

const CANARIES = {
  passphrase: 'canary-passphrase-Pq7Zk2',
  password: 'canary-password-Wd4Hn9',
  wrongPassword: 'canary-mistyped-Tb6Jx3',
  secretKey: 'canary-secret-key-Rm8Vc5-Lf1Gy0-Ns2Qe7',
  pin: 'canaryPin5Xw8Ku',
} as const;

/** Names of the canaries that a text holds, in the clear or as base64. */
const found = (text: string): readonly string[] =>
  Object.entries(CANARIES)
    .filter(([, value]) =>
      [value, encodeURIComponent(value), Buffer.from(value).toString('base64').replace(/=+$/, '')].some(
        (form) => text.includes(form),
      ),
    )
    .map(([kind]) => kind);

/** Command lines of all processes of the host, without that of the looking itself. */
const processList = (): string => spawnSync('ps', ['-eww', '-o', 'args'], { encoding: 'utf8' }).stdout;

/** Returns what `/proc` shows of the processes of a container to the user who runs them. */
const processFiles = (name: string): string =>
  docker(
    ...['exec', name, 'node', '-e'],
    `const fs = require('node:fs');
     for (const pid of fs.readdirSync('/proc').filter((entry) => /^[0-9]+$/.test(entry)))
       for (const file of ['environ', 'cmdline'])
         try { console.log(fs.readFileSync('/proc/' + pid + '/' + file, 'utf8')); } catch {}`,
  ).text;

/** Every file of a folder, by path: what it holds. */
const files = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path), 'latin1')]),
  );

describeWithEngine('the secrets of a dashboard in a container', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  const folder = makeFolder();
  const seen = new Set<string>();
  let said = '';

  const run = async (args: readonly string[], environment = {}): Promise<void> => {
    const look = setInterval(() => seen.add(processList()), SAMPLE_MS);
    const ended = await dashboard(args, { cwd: folder.path, environment });
    clearInterval(look);
    said += ended.stdout + ended.stderr;
    expect([args[0], ended.exitCode, ended.exitCode === 0 ? '' : ended.stderr]).toEqual([args[0], 0, '']);
  };

  beforeAll(async () => {
    const port = await freePort();
    const start = ['--start', '-p', String(port), '--name', name, '--image', image, '-e', 'SECRET_KEY'];
    await run(start, {
      NVFL_CREDENTIAL: `${EMAIL}:${CANARIES.password}:org`,
      NVFL_DASHBOARD_PP: CANARIES.passphrase,
      SECRET_KEY: CANARIES.secretKey,
    });
    const anyone = new Api(`http://127.0.0.1:${port}`);
    const wrong = await anyone.send('POST', '/login', { email: EMAIL, password: CANARIES.wrongPassword });
    expect(wrong.status).toBe(401);
    const admin = await anyone.logIn(EMAIL, CANARIES.password);
    const project = {
      short_name: 'e2e',
      title: 'Canary',
      server1: 'fl-server.example.org',
      key_bits: 2048,
      public: true,
    };
    await admin.must('PATCH', '/project', project);
    await admin.must('PATCH', '/project', { frozen: true });
    await admin.must('POST', '/servers/1/blob', { pin: CANARIES.pin });
    await Promise.all([anyone.close(), admin.close()]);
    await run(['status', '--name', name, '--json']);
    await run(['logs', '--name', name]);
  }, 4 * MINUTES);
  afterAll(() => {
    docker('rm', '-f', name);
    folder.remove();
  });

  test('are not in what the engine tells about the container and the image', () => {
    const container = docker('inspect', name).text;
    expect(container).toContain('NVFL_SECRETS_STDIN=1');
    expect(found(container)).toEqual([]);
    expect(found(docker('inspect', image).text)).toEqual([]);
    const history = docker('history', '--no-trunc', image).text;
    expect(history).toContain('HEALTHCHECK');
    expect(found(history)).toEqual([]);
  });

  test("are not in the backend's log", () => {
    const log = docker('logs', name).text;
    expect(log).toContain('/api/v1/login');
    expect(log).toContain('/servers/1/blob');
    expect(found(log)).toEqual([]);
  });

  test('are not in any command line, neither while the command runs nor after', () => {
    seen.add(processList());
    const lists = [...seen].join('\n');
    // Only booleans and names are compared: what else runs on this host does not belong into a report.
    expect(/^dashboard$|bin\/dashboard\.js/m.test(lists)).toBe(true);
    expect(lists.includes('node dist/backend/entry/main.js')).toBe(true);
    expect(found(lists)).toEqual([]);
  });

  test("are not in the environment of the container's processes", () => {
    const text = processFiles(name);
    expect(text).toContain('NVFL_SECRETS_STDIN=1');
    expect(text).toContain('main.js');
    expect(found(text)).toEqual([]);
  });

  test('are not in what the command says', () => {
    expect(said).toContain('Started.');
    expect(said).toContain('/api/v1/login');
    expect(found(said)).toEqual([]);
  });

  test("are not in the project's files, neither while it runs nor after", async () => {
    const leaks = (): readonly (readonly [string, readonly string[]])[] =>
      [...files(folder.path)].map(([path, text]) => [path, found(text)] as const);
    const running = leaks();
    expect(running.map(([path]) => path)).toContain('db.sqlite');
    expect(running.filter(([, kinds]) => kinds.length > 0)).toEqual([]);
    await run(['--stop', '--name', name]);
    expect(leaks().filter(([, kinds]) => kinds.length > 0)).toEqual([]);
  }, 180_000);
});
