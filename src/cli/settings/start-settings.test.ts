import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { emptyRuntime } from '../../../test/support/run-command.ts';
import { readStartSettings, readTargetSettings, type StartDefaults } from './start-settings.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-settings-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const file = (content: string): void => {
  writeFileSync(join(folder, 'dashboard.yaml'), content);
};
const settings = (
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string>> = {},
  defaults: StartDefaults = {},
) => readStartSettings(flags, emptyRuntime([], { cwd: folder, environment }), defaults);

describe('the settings of a start', () => {
  it('have defaults', async () => {
    const found = await settings({});
    expect(found).toMatchObject({ folder, port: 443, name: 'nvflare-dashboard', restart: 'unless-stopped' });
    expect(found.sources.get('port')).toBe('default');
  });

  it('take what the running dashboard has before the default', async () => {
    const { port, name, sources } = await settings({}, {}, { port: 9000, name: 'study-1' });
    expect([port, name, sources.get('port')]).toEqual([9000, 'study-1', 'running dashboard']);
  });

  it('take dashboard.yaml before what the running dashboard has', async () => {
    file('port: 9001\nrestart: on-failure\nlocal: true\nimage: example.org/image:1\n');
    const found = await settings({}, {}, { port: 9000, restart: 'no', local: false, image: 'other' });
    expect(found).toMatchObject({
      port: 9001,
      restart: 'on-failure',
      local: true,
      image: 'example.org/image:1',
    });
    expect(found.sources.get('port')).toBe('dashboard.yaml');
  });

  it('take the environment of the command before dashboard.yaml', async () => {
    file('base-image: node:22\nenv:\n  DATABASE_URL: postgres://file@host/name\n');
    const environment = { NVFL_BASE_IMAGE: 'node:24', DATABASE_URL: 'postgres://shell@host/name' };
    const found = await settings({}, environment);
    expect(found.baseImage).toBe('node:24');
    expect(found.environment.get('DATABASE_URL')).toBe('postgres://shell@host/name');
    expect(found.sources.get('env DATABASE_URL')).toBe('environment');
  });

  it('take the backups of dashboard.yaml, in the project folder, and options before them', async () => {
    file('backup-every: 1d\nbackup-keep: 7\nbackup-folder: archives\n');
    const found = await settings({ backupKeep: '3' });
    expect(Object.fromEntries(found.environment)).toEqual({
      NVFL_BACKUP_EVERY: '1d',
      NVFL_BACKUP_KEEP: '3',
      NVFL_BACKUP_FOLDER: 'archives',
    });
    expect(found.sources.get('env NVFL_BACKUP_EVERY')).toBe('dashboard.yaml');
  });

  it('refuse a folder of backups that no container sees', async () => {
    file('backup-folder: ../archives\n');
    await expect(settings({})).rejects.toThrow(
      'backup-folder ../archives must lie in the project folder, the only one that the container sees.',
    );
  });

  it('take flags before everything', async () => {
    file('port: 9001\nname: filed\nlocal: true\ntimeout: 5\nenv: {A: file, B: file}\n');
    const flags = { port: 9002, name: 'flagged', local: false, timeout: 6, env: ['A=flag'] };
    const found = await settings(flags, { A: 'shell' }, { port: 9000, environment: { A: 'run', C: 'run' } });
    expect(found).toMatchObject({ port: 9002, name: 'flagged', local: false, timeoutSeconds: 6 });
    expect(Object.fromEntries(found.environment)).toEqual({ A: 'flag', B: 'file', C: 'run' });
    expect([...found.sources]).toEqual(
      expect.arrayContaining([
        ['env A', 'flag'],
        ['env B', 'dashboard.yaml'],
        ['env C', 'running dashboard'],
      ]),
    );
  });

  it('find files of secrets beside dashboard.yaml', async () => {
    file('passphrase-file: secrets/pp\ncred-file: secrets/admin\n');
    mkdirSync(join(folder, 'secrets'));
    writeFileSync(join(folder, 'secrets', 'admin'), 'admin@example.org:Amber-Lantern-3\nmore');
    const found = await settings({});
    expect(found.passphraseFile).toBe(join(folder, 'secrets', 'pp'));
    expect(found.credential).toBe('admin@example.org:Amber-Lantern-3');
  });

  it('leave the files of dashboard.yaml where the environment holds the secret', async () => {
    file('passphrase-file: secrets/pp\ncred-file: secrets/admin\n');
    const found = await settings({}, { NVFL_DASHBOARD_PP: 'pp', NVFL_CREDENTIAL: 'a@example.org' });
    expect([found.passphraseFile, found.credential]).toEqual([undefined, undefined]);
  });

  it('take credentials of systemd before dashboard.yaml', async () => {
    file('passphrase-file: secrets/pp\n');
    const CREDENTIALS_DIRECTORY = join(folder, 'credentials');
    mkdirSync(CREDENTIALS_DIRECTORY);
    writeFileSync(join(CREDENTIALS_DIRECTORY, 'passphrase'), 'pp');
    writeFileSync(join(CREDENTIALS_DIRECTORY, 'secret-key'), 'key\n');
    const found = await settings({}, { CREDENTIALS_DIRECTORY });
    expect(found.passphraseFile).toBe(join(CREDENTIALS_DIRECTORY, 'passphrase'));
    expect(found.environment.get('SECRET_KEY')).toBe('key');
    expect(found.sources.get('passphrase-file')).toBe('systemd credential');
  });

  it('refuse two sources of one secret on the command line', async () => {
    await expect(settings({ cred: 'a@example.org', credFile: 'f' })).rejects.toThrow('exclude each other');
    await expect(settings({ passphrase: 'p', passphraseFile: 'f' })).rejects.toThrow('exclude each other');
  });

  it('come from the file of the folder that is meant', async () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    file('port: 9001\n');
    writeFileSync(join(other, 'dashboard.yaml'), 'port: 9002\n');
    expect((await settings({ folder: other })).port).toBe(9002);
    expect((await settings({}, {}, { folder: other })).port).toBe(9002);
  });

  it('cannot come from a broken file', async () => {
    file('port: none\n');
    await expect(settings({})).rejects.toThrow('line 1: port must be');
  });
});

describe('the dashboard that a command is about', () => {
  const target = (flags: Readonly<Record<string, unknown>>) =>
    readTargetSettings(flags, emptyRuntime([], { cwd: folder }));

  it('has the name of dashboard.yaml', async () => {
    file('name: filed\nlocal: true\n');
    expect(await target({})).toMatchObject({ name: 'filed', nameGiven: false, engineOptional: true });
    expect(await target({ name: 'flagged' })).toMatchObject({ name: 'flagged', nameGiven: true });
  });

  it('is found although dashboard.yaml is broken', async () => {
    file('name: [\n');
    expect(await target({})).toMatchObject({ name: 'nvflare-dashboard' });
  });
});
