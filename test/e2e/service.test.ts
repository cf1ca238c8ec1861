import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { dashboard, type Ended } from './command.ts';
import { makeFolder, ROOT } from './surroundings.ts';

const MINUTE = 60_000;

let folder: ReturnType<typeof makeFolder>;
/** A folder whose name needs quotes and escapes everywhere. */
let project = '';
beforeEach(() => {
  folder = makeFolder();
  project = join(folder.path, `a "study" of 100%h $HOME 's`);
  mkdirSync(project);
});
afterEach(() => {
  folder.remove();
});

const print = (...args: readonly string[]): Promise<Ended> =>
  dashboard(['service', 'install', '--print', '-f', project, ...args], { cwd: folder.path });

const run = (program: string, args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    cwd: folder.path,
    env: { ...process.env, XDG_RUNTIME_DIR: folder.path },
  });
  return { status, text: stdout + stderr };
};

/** Has systemd read a unit as it would at boot. */
const verify = (unit: string, user: boolean) => {
  const file = join(folder.path, 'nvflare-dashboard.service');
  writeFileSync(file, unit);
  return run('systemd-analyze', ['verify', ...(user ? ['--user'] : ['--system']), '--man=no', file]);
};

describe('service install --print', () => {
  test.each([
    ['the system', []],
    ['a user', ['--user']],
  ])(
    'prints a unit for %s that systemd accepts',
    async (_who, flags) => {
      const secret = join(folder.path, 'pass phrase');
      writeFileSync(secret, 'Seven grey herons wait\n');
      const options = ['-p', '8443', '-e', 'NVFL_PUBLIC_URL=https://example.org/100%25/', ...flags];
      const { exitCode, stdout, stderr } = await print(...options, '--passphrase-file', secret);
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(verify(stdout, flags.length > 0)).toEqual({ status: 0, text: '' });
      expect(stdout).toContain(`LoadCredential=passphrase:${secret}`);
      expect(stdout).toContain('Type=notify');
      expect(stdout).not.toContain('herons');
    },
    MINUTE,
  );

  test(
    'quotes the command line as systemd reads it',
    async () => {
      const { stdout } = await print('--user');
      const [line = ''] = stdout.split('\n').filter((one) => one.startsWith('ExecStart='));
      expect(line).toContain(String.raw`--folder "${folder.path}/a \"study\" of 100%%h $$HOME 's"`);
    },
    MINUTE,
  );

  test(
    'takes settings from dashboard.yaml into a quadlet and a compose file',
    async () => {
      writeFileSync(
        join(project, 'dashboard.yaml'),
        'name: study-1\nport: 9443\nrestart: on-failure\nenv:\n  NVFL_LOG_LEVEL: debug\n  STUDY: a $STUDY\n',
      );
      const quadlet = await print('--quadlet');
      expect(quadlet.stdout.split('\n')).toEqual(
        expect.arrayContaining([
          '[Container]',
          'ContainerName=study-1',
          'PublishPort=9443:8443',
          'Environment=NVFL_LOG_LEVEL=debug',
          'Environment="STUDY=a $$STUDY"',
          String.raw`Volume=${folder.path}/a "study" of 100%%h $$HOME 's:/var/tmp/nvflare/dashboard:Z`,
          'Restart=on-failure',
        ]),
      );
      const compose = await print('--compose');
      expect(compose.stdout).toContain('container_name: study-1');
      expect(compose.stdout).toContain('9443:8443');
      expect(compose.stdout).toContain('NVFL_LOG_LEVEL: debug');
    },
    MINUTE,
  );

  test(
    'prints a file that Compose accepts, with its secrets as files',
    async () => {
      const secret = join(folder.path, 'passphrase');
      writeFileSync(secret, 'Seven grey herons wait\n');
      const { stdout } = await print('--compose', '--passphrase-file', secret, '-p', '8443');
      writeFileSync(join(folder.path, 'compose.yaml'), stdout);
      const checked = run('docker-compose', ['-f', 'compose.yaml', 'config']);
      expect(checked.status).toBe(0);
      expect(checked.text).toContain('NVFL_DASHBOARD_PP_FILE: /run/secrets/nvflare-dashboard-passphrase');
      expect(checked.text).not.toContain('herons');
    },
    MINUTE,
  );

  test.each([
    [['--passphrase', 'hush-hush'], 'use --passphrase-file'],
    [['--cred', 'a@example.org:Amber-Lantern-3'], 'use --cred-file'],
    [['-e', 'SMTP_PASSWORD=hush-hush'], 'SMTP_PASSWORD is a secret'],
    [['-e', 'DATABASE_URL=postgres://u:hush@h/d'], 'DATABASE_URL is a secret'],
  ])(
    'refuses the secret of %j',
    async (flags, text) => {
      const { exitCode, stdout, stderr } = await print(...flags);
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toContain(text);
      expect(stderr).not.toContain('hush');
    },
    MINUTE,
  );
});

describe('service install without systemd', () => {
  test(
    'says so, and uninstalls nothing',
    async () => {
      const options = { cwd: folder.path, environment: { XDG_RUNTIME_DIR: folder.path } };
      const installed = await dashboard(['service', 'install', '--user', '-f', project], options);
      expect(installed.exitCode).toBe(1);
      expect(installed.stderr).toContain("This user's systemd does not run on this host.");
      const uninstalled = await dashboard(['service', 'uninstall', '--user', '--json'], options);
      expect(uninstalled.exitCode).toBe(0);
      expect(JSON.parse(uninstalled.stdout)).toMatchObject({ state: 'not installed' });
    },
    MINUTE,
  );
});

describe('the files in deploy/', () => {
  test('are accepted by systemd and Compose', () => {
    const unit = readFileSync(join(ROOT, 'deploy', 'systemd', 'nvflare-dashboard.service'), 'utf8');
    expect(verify(unit, false).text).not.toMatch(/Unknown|Failed to parse|Invalid/);
    const compose = join(ROOT, 'deploy', 'compose.yaml');
    const { status, text } = run('docker-compose', ['-f', compose, 'config']);
    expect([status, text]).toEqual([0, expect.stringContaining('nvflare-dashboard:')]);
  });
});
