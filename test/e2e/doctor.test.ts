import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { dashboard, type Ended } from './command.ts';
import { describeWithEngine, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { makeWebPair } from '../support/web-pair.ts';

const MINUTE = 60_000;
const CREDENTIAL = 'admin@example.org:Amber-Lantern-3:org';

const Examined = z.object({
  findings: z.array(
    z.object({ check: z.string(), level: z.string(), text: z.string(), fix: z.string().optional() }),
  ),
});

/** Returns what the doctor says of one check. */
const finding = ({ stdout }: Ended, check: string) =>
  Examined.parse(JSON.parse(stdout)).findings.find((found) => found.check === check);

const doctor = (folder: string, ...more: readonly string[]): Promise<Ended> =>
  dashboard(['doctor', '--local', '--json', '-f', folder, ...more], { cwd: folder });

describe('dashboard doctor on a project folder', () => {
  const template = makeFolder();
  let folder: ReturnType<typeof makeFolder>;

  beforeAll(async () => {
    const port = String(await freePort());
    const start = ['start', '--local', '-p', port, '--cred', CREDENTIAL];
    expect((await dashboard(start, { cwd: template.path })).exitCode).toBe(0);
    expect((await dashboard(['stop', '--local'], { cwd: template.path })).exitCode).toBe(0);
  }, MINUTE);
  afterAll(() => {
    template.remove();
  });
  beforeEach(() => {
    folder = makeFolder();
    cpSync(template.path, folder.path, { recursive: true, preserveTimestamps: true });
  });
  afterEach(() => {
    folder.remove();
  });
  const file = (name: string): string => join(folder.path, name);

  test('finds nothing that fails in a sound one, without an engine', async () => {
    const port = String(await freePort());
    const ended = await dashboard(['doctor', '--local', '--json', '-p', port], {
      cwd: folder.path,
      environment: { DOCKER_HOST: 'unix:///nonexistent.sock' },
    });
    expect(ended.exitCode).toBe(0);
    const { findings } = Examined.parse(JSON.parse(ended.stdout));
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['package', 'folder', 'files', 'database', 'disk', 'certificate', 'port']),
    );
    expect(findings.filter(({ level }) => level === 'fail')).toEqual([]);
  });

  const broken: readonly (readonly [string, () => void, string, string])[] = [
    [
      'a database that is none',
      () => {
        writeFileSync(file('db.sqlite'), 'x'.repeat(9000));
      },
      'database',
      'fail',
    ],
    [
      'a truncated database',
      () => {
        truncateSync(file('db.sqlite'), 9000);
      },
      'database',
      'fail',
    ],
    [
      'a session key of one byte',
      () => {
        writeFileSync(file('.jwt-key'), 'x');
      },
      'files',
      'fail',
    ],
    [
      'a session key that others may read',
      () => {
        chmodSync(file('.jwt-key'), 0o644);
      },
      'files',
      'fail',
    ],
    [
      'a broken properties.yml',
      () => {
        writeFileSync(file('properties.yml'), 'server: [1');
      },
      'files',
      'warn',
    ],
    [
      'half a certificate pair',
      () => {
        makeWebPair(folder.path, 'dashboard.example.org', 90);
        rmSync(file('cert/web.key'));
      },
      'certificate',
      'warn',
    ],
    [
      'a certificate that expires soon',
      () => {
        makeWebPair(folder.path, 'dashboard.example.org', 5);
      },
      'certificate',
      'warn',
    ],
    [
      'a certificate that is none',
      () => {
        mkdirSync(file('cert'));
        for (const name of ['web.crt', 'web.key']) {
          writeFileSync(file(`cert/${name}`), 'nonsense');
        }
      },
      'certificate',
      'fail',
    ],
  ];
  test.each(broken)('names %s, with what to do', async (_what, damage, check, level) => {
    damage();
    const ended = await doctor(folder.path, '-p', String(await freePort()));
    expect([ended.exitCode, finding(ended, check)]).toEqual([
      level === 'fail' ? 1 : 0,
      { check, level, text: expect.any(String), fix: expect.stringMatching(/\w+/) },
    ]);
  });

  test('says that no backup was noted, and of when the last one is', async () => {
    expect(finding(await doctor(folder.path), 'backup')).toMatchObject({ level: 'warn' });
    const archive = file('backup.tar.gz');
    expect((await dashboard(['backup', archive], { cwd: folder.path })).exitCode).toBe(0);
    expect(finding(await doctor(folder.path), 'backup')).toMatchObject({ level: 'ok' });
  });

  test(
    'does not take the port of the running dashboard for taken, and bundles what support needs',
    async () => {
      const port = String(await freePort());
      const start = ['start', '--local', '-p', port, '-e', 'MY_TOKEN=canary-Wd4Hn9'];
      expect((await dashboard(start, { cwd: folder.path })).exitCode).toBe(0);
      const login = { email: 'someone@example.org', password: 'wrong-password' };
      await fetch(`http://127.0.0.1:${port}/api/v1/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(login),
      });
      const archive = file('support.tar.gz');
      const ended = await doctor(folder.path, '--bundle', archive);
      const again = await doctor(folder.path, '--bundle', archive);
      expect((await dashboard(['stop', '--local'], { cwd: folder.path })).exitCode).toBe(0);
      expect([ended.exitCode, finding(ended, 'port'), finding(ended, 'dashboard')]).toEqual([
        0,
        expect.objectContaining({ level: 'ok', text: expect.stringContaining("dashboard's own") }),
        expect.objectContaining({ level: 'warn', text: expect.stringContaining('plain HTTP') }),
      ]);
      expect(statSync(archive).mode & 0o777).toBe(0o600);
      const names = execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' }).trim().split('\n');
      expect(names.sort()).toEqual([
        ...['dashboard.log', 'doctor.json', 'environment.json', 'folder.txt', 'host.json', 'status.json'],
      ]);
      const text = execFileSync('tar', ['-xzOf', archive], { encoding: 'utf8' });
      expect(text).toContain('"ready"');
      expect(text).not.toMatch(/example\.org|canary|wrong-password/);
      expect([again.exitCode, again.stderr]).toEqual([1, expect.stringContaining('it exists')]);
    },
    MINUTE,
  );
});

describeWithEngine('dashboard doctor with an engine', () => {
  test('names the engine and the image', async () => {
    const folder = makeFolder();
    const ended = await dashboard(['doctor', '--json', '-f', folder.path, '-p', String(await freePort())], {
      cwd: folder.path,
    });
    folder.remove();
    expect([ended.exitCode, finding(ended, 'engine'), finding(ended, 'image')]).toEqual([
      0,
      expect.objectContaining({ level: 'ok', text: expect.stringContaining('docker') }),
      expect.objectContaining({ level: 'ok' }),
    ]);
  });
});
