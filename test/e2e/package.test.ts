import { execFile } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Api } from './api.ts';
import { dashboard, type Ended } from './command.ts';
import { describeWithEngine, docker, makeFolder, ROOT } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const Bill = z.object({
  bomFormat: z.string(),
  components: z.array(z.object({ name: z.string(), version: z.string() })),
});
const Manifest = z.record(z.string(), z.unknown());
const MINUTES = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';
const QUICK = ['--prefer-offline', '--no-audit', '--no-fund'];

const execute = promisify(execFile);

/** Returns everything npm prints. */
const npm = async (args: readonly string[], cwd: string, program = 'npm'): Promise<string> => {
  const { stdout, stderr } = await execute(program, args, { cwd, maxBuffer: 64 * 1024 ** 2 });
  return stdout + stderr;
};

describeWithEngine('the package, installed from its tarball', () => {
  const tarballs = makeFolder();
  const prefix = makeFolder();
  const folder = makeFolder();
  const name = uniqueName();
  const installed = join(prefix.path, 'lib', 'node_modules', 'nvflare-dashboard');
  let port = 0;
  let packed = '';
  const inPath = (args: readonly string[]): Promise<Ended> =>
    dashboard(args, {
      cwd: folder.path,
      bin: join(prefix.path, 'bin', 'dashboard'),
      environment: { PATH: `${join(prefix.path, 'bin')}:${process.env['PATH'] ?? ''}` },
    });
  const start = (): Promise<Ended> =>
    inPath(['--start', '-p', String(port), '--name', name, '--cred', `${EMAIL}:${PASSWORD}:org`]);
  const stop = (): Promise<Ended> => inPath(['--stop', '--name', name]);
  /** A version that nobody else has, and thus an image that nobody else builds. */
  const version = `0.0.0-${name}`;
  const own = `nvflare-dashboard:${version}`;

  beforeAll(async () => {
    port = await freePort();
    await npm(['pack', '--silent', '--pack-destination', tarballs.path], ROOT);
    const [tarball = ''] = readdirSync(tarballs.path);
    await execute('tar', ['-xzf', join(tarballs.path, tarball), '-C', tarballs.path]);
    const contents = join(tarballs.path, 'package');
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(contents, 'package.json'), 'utf8')));
    writeFileSync(join(contents, 'package.json'), JSON.stringify({ ...manifest, version }));
    // What prepares a package is not shipped; everything is built already.
    await npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', tarballs.path], contents);
    packed = join(tarballs.path, `nvflare-dashboard-${version}.tgz`);
    await npm(['install', '--global', '--prefix', prefix.path, ...QUICK, packed], folder.path);
  }, 2 * MINUTES);
  afterAll(() => {
    docker('rm', '-f', name);
    docker('rmi', '-f', own);
    for (const each of [tarballs, prefix, folder]) {
      each.remove();
    }
  });

  test.each(['11', '12'])('installs with npm %s without a warning of its own', async (major) => {
    const tool = makeFolder();
    try {
      await npm(['install', '--prefix', tool.path, ...QUICK, `npm@${major}`], tool.path);
      const program = join(tool.path, 'node_modules', '.bin', 'npm');
      const target = join(tool.path, 'global');
      const output = await npm(
        ['install', '--global', '--prefix', target, ...QUICK, packed],
        tool.path,
        program,
      );
      expect(output).toContain('added 3 packages');
      expect(output).not.toMatch(/EBADENGINE|install-scripts|allow-scripts|deprecated/i);
    } finally {
      tool.remove();
    }
  });

  test('depends at runtime on the database module alone, and locks no registry', () => {
    const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
    expect(read(join(installed, 'package.json'))).toMatchObject({
      dependencies: { 'better-sqlite3': expect.stringMatching(/^\d+\.\d+\.\d+$/) },
    });
    expect(readdirSync(join(installed, 'node_modules')).filter((entry) => !entry.startsWith('.'))).toEqual([
      'better-sqlite3',
      'node-addon-api',
    ]);
    expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
  });

  test('ships the licenses of the packages it bundles, and nothing compiled for another machine', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    const licenses = files.filter((file) => file.endsWith('third-party-licenses.txt')).sort();
    expect(licenses).toEqual([
      'dist/backend/entry/third-party-licenses.txt',
      'dist/cli/third-party-licenses.txt',
      'dist/web/third-party-licenses.txt',
    ]);
    expect(statSync(packed).size).toBeLessThan(3_400_000);
  });

  test('ships a bill of materials with every package that is bundled or installed', () => {
    const text = readFileSync(join(installed, 'dist', 'sbom.cdx.json'), 'utf8');
    const { bomFormat, components } = Bill.parse(JSON.parse(text));
    expect(bomFormat).toBe('CycloneDX');
    const listed = new Set(components.map(({ name, version }) => `${name} ${version}`));
    const bundled = ['backend/entry', 'cli', 'web'].flatMap((part) => {
      const file = join(installed, 'dist', part, 'third-party-licenses.txt');
      return readFileSync(file, 'utf8').match(/^(?:@[\w.-]+\/)?[\w.-]+ \d+\.\d+\.\d+\S*(?= \(.*\)$)/gm) ?? [];
    });
    expect(bundled.length).toBeGreaterThan(30);
    expect(bundled.filter((one) => !listed.has(one))).toEqual([]);
    expect([...listed].join()).toContain('better-sqlite3 ');
    expect([...listed].join()).not.toContain('typescript');
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
