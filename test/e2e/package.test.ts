import { execFile } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Api } from './api.ts';
import { dashboard, type Ended } from './command.ts';
import { describeWithEngine, docker, makeFolder, ROOT } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';
/** Where Debian puts Node's headers; with them the native module compiles without a download. */
const HEADERS = '/usr';

const npm = async (args: readonly string[], cwd: string): Promise<string> => {
  const headers = existsSync(join(HEADERS, 'include', 'node', 'node.h'));
  const env = { ...process.env, ...(headers ? { npm_config_nodedir: HEADERS } : {}) };
  const { stdout } = await promisify(execFile)('npm', args, { cwd, env, maxBuffer: 64 * 1024 ** 2 });
  return stdout;
};

describeWithEngine('the package, installed from its tarball', () => {
  const tarballs = makeFolder();
  const prefix = makeFolder();
  const folder = makeFolder();
  const name = uniqueName();
  const installed = join(prefix.path, 'lib', 'node_modules', 'nvflare-dashboard');
  let port = 0;
  const inPath = (args: readonly string[]): Promise<Ended> =>
    dashboard(args, {
      cwd: folder.path,
      bin: join(prefix.path, 'bin', 'dashboard'),
      environment: { PATH: `${join(prefix.path, 'bin')}:${process.env['PATH'] ?? ''}` },
    });
  const start = (): Promise<Ended> =>
    inPath(['--start', '-p', String(port), '--name', name, '--cred', `${EMAIL}:${PASSWORD}:org`]);
  const stop = (): Promise<Ended> => inPath(['--stop', '--name', name]);
  /** The image under the package's own name, as it was before: nothing of the tests stays in its place. */
  let own = '';
  let before = '';

  beforeAll(async () => {
    port = await freePort();
    await npm(['pack', '--silent', '--pack-destination', tarballs.path], ROOT);
    const [tarball = ''] = readdirSync(tarballs.path);
    own = tarball.replace(/^nvflare-dashboard-(.*)\.tgz$/, 'nvflare-dashboard:$1');
    const found = docker('image', 'inspect', '--format', '{{.Id}}', own);
    before = found.status === 0 ? found.text.trim() : '';
    await npm(
      ['install', '--global', '--prefix', prefix.path, '--prefer-offline', '--no-audit', '--no-fund'].concat(
        join(tarballs.path, tarball),
      ),
      folder.path,
    );
  }, 6 * MINUTES);
  afterAll(() => {
    docker('rm', '-f', name);
    docker('rmi', '-f', own);
    if (before !== '') docker('tag', before, own);
    for (const each of [tarballs, prefix, folder]) each.remove();
  });

  test('answers --help under both of its names', async () => {
    expect((await inPath(['--help'])).stdout).toContain('--passphrase');
    expect(readdirSync(join(prefix.path, 'bin')).sort()).toEqual(['dashboard', 'nvflare-dashboard']);
    expect(readdirSync(installed)).not.toContain('src');
  });

  test(
    'builds its own image, starts from any folder, serves page and API, and stops',
    async () => {
      const started = await start();
      expect(started.stderr).toMatch(new RegExp(`Building the image ${own}[^]*Built ${own}, [\\d.]+ MB`));
      expect(started.stdout).toContain('Started.');
      expect(started.exitCode).toBe(0);
      const anyone = new Api(`http://127.0.0.1:${port}`);
      await (await anyone.logIn(EMAIL, PASSWORD)).close();
      await anyone.close();
      const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } });
      expect(await page.text()).toContain('<script');
      expect((await stop()).exitCode).toBe(0);
      expect(docker('ps', '-aq', '--filter', `name=${name}`).text).toBe('');
    },
    3 * MINUTES,
  );

  test(
    'keeps the image as long as the package is the same, and replaces it when the package changed',
    async () => {
      const same = await start();
      expect(same.stderr).not.toContain('Building');
      expect(same.exitCode).toBe(0);
      appendFileSync(join(installed, 'dist', 'backend', 'entry', 'main.js'), '\n// another build\n');
      const running = await start();
      expect(running.stdout).toContain('already running');
      expect(running.stderr).toContain('dashboard restart');
      await stop();
      const changed = await start();
      expect(changed.stderr).toContain(`The image ${own} is replaced: it was built from another state`);
      expect(changed.exitCode).toBe(0);
      const { text } = docker('exec', name, 'tail', '-n', '1', 'dist/backend/entry/main.js');
      expect(text).toBe('// another build\n');
      expect((await stop()).exitCode).toBe(0);
    },
    3 * MINUTES,
  );
});
