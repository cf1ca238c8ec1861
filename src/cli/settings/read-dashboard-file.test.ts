import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CliError } from '../errors/cli-error.ts';
import { readDashboardFile } from './read-dashboard-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dashboard-file-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const read = (content: string | Uint8Array, host: Readonly<Record<string, string>> = {}) => {
  writeFileSync(join(folder, 'dashboard.yaml'), content);
  return readDashboardFile(folder, host);
};

const refusal = async (content: string | Uint8Array) => {
  const error: unknown = await read(content).catch((error: unknown) => error);
  if (!(error instanceof CliError)) {
    throw new Error('it was accepted');
  }
  return error;
};

describe('dashboard.yaml', () => {
  it('may be missing', async () => {
    expect(await readDashboardFile(folder, {})).toBeUndefined();
  });

  it.each(['', '# nothing yet\n', '---\n', '\ufeff'])('may hold no settings: %j', async (content) => {
    expect((await read(content))?.settings).toEqual({});
  });

  it('holds every setting of start', async () => {
    const content = `name: study-1
port: 8443
image: registry.example.org/dashboard:1.0
base-image: node:24-bookworm-slim
local: true
foreground: false
restart: no
strict: true
timeout: 90
passphrase-file: secrets/pp
cred: admin@example.org::hospital
cred-file: secrets/admin
backup-every: 1d
backup-keep: 7
backup-folder: archives
env:
  NVFL_LOG_LEVEL: debug
`;
    expect((await read(content))?.settings).toEqual({
      name: 'study-1',
      port: 8443,
      image: 'registry.example.org/dashboard:1.0',
      'base-image': 'node:24-bookworm-slim',
      local: true,
      foreground: false,
      restart: 'no',
      strict: true,
      timeout: 90,
      'passphrase-file': 'secrets/pp',
      cred: 'admin@example.org::hospital',
      'cred-file': 'secrets/admin',
      'backup-every': '1d',
      'backup-keep': 7,
      'backup-folder': 'archives',
      env: { NVFL_LOG_LEVEL: 'debug' },
    });
  });

  it('takes variables as they are written, and those without a value from this host', async () => {
    const content =
      'env:\n  A: 1.10\n  B: true\n  C: "x: y"\n  D:\n  E: ~\n  F: ""\n  SECRET_KEY_FILE: /run/key\n';
    expect((await read(content, { D: 'here' }))?.settings.env).toEqual({
      A: '1.10',
      B: 'true',
      C: 'x: y',
      D: 'here',
      F: '',
      SECRET_KEY_FILE: '/run/key',
    });
  });

  it('passes a secret on from the environment of the command', async () => {
    expect((await read('env:\n  SMTP_PASSWORD:\n', { SMTP_PASSWORD: 'hush' }))?.settings.env).toEqual({
      SMTP_PASSWORD: 'hush',
    });
  });

  it.each([
    [
      'an unknown setting',
      'port: 8443\nprot: 8444\n',
      'line 2: there is no setting "prot"',
      'Did you mean "port"?',
    ],
    [
      'an unlike word',
      'colour: red\n',
      'line 1: there is no setting "colour"',
      'The settings are name, port',
    ],
    ['a port as text', 'port: "8443"\n', 'line 1: port must be a whole number', '`port: 8443`'],
    [
      'a port out of range',
      '\nport: 70000\n',
      'line 2: port must be a whole number from 1 to 65535',
      '`port: 8443`',
    ],
    ['a fraction', 'port: 84.43\n', 'line 1: port must be a whole number', '`port: 8443`'],
    ['a word for true', 'local: yes\n', 'line 1: local must be true or false', '`local: true`'],
    [
      'an unknown policy',
      'restart: always\n',
      'line 1: restart must be no, on-failure or',
      '`restart: unless-stopped`',
    ],
    ['a list', 'port: [1, 2]\n', 'line 1: port must be', '`port: 8443`'],
    ['no value', 'image:\n', 'line 1: image must be text', '`image: '],
    ['an empty value', 'image: ""\n', 'line 1: image must not be empty', '`image: '],
    ['a bad name', 'name: "a b"\n', 'line 1: name may contain letters', '`name: study-1`'],
    ['an address of five numbers', 'bind: 1.2.3.4.5\n', 'line 1: bind must be an IP', '`bind: 127.0.0.1`'],
    ['backups every number', 'backup-every: 5\n', 'line 1: backup-every must be text', '`backup-every: 1d`'],
    ['backups every never', 'backup-every: soon\n', 'must be a duration such as 12h', '`backup-every: 1d`'],
    ['no backup kept', 'backup-keep: 0\n', 'must be a whole number from 1 to 9999', '`backup-keep: 14`'],
    ['a timeout of nothing', 'timeout: 0\n', 'line 1: timeout must be at least 1 second', '`timeout: 60`'],
    ['a tab', 'env:\n\tA: b\n', 'line 2: it is indented with a tab', 'Indent with spaces.'],
    [
      'a setting twice',
      'port: 1\nname: x\nport: 2\n',
      'line 3: the setting is there twice',
      'Keep one of the two.',
    ],
    [
      'a variable twice',
      'env:\n  A: 1\n  A: 2\n',
      'line 3: the setting is there twice',
      'Keep one of the two.',
    ],
    ['broken YAML', 'port: "8443\n', 'it is not YAML', 'Write `setting: value`, one a line.'],
    ['a list of settings', '- port: 8443\n', 'line 1: there are no settings', 'Write `setting: value`'],
    ['two documents', 'port: 1\n---\nport: 2\n', 'line 2: a second document begins', 'Keep one.'],
    ['variables as a list', 'env:\n  - A=b\n', 'line 1: env is not a list of variables', 'NAME: value'],
    ['a variable with a list', 'env:\n  A: [1]\n', 'line 2: env A has more than one value', 'one value'],
    ['a bad variable', 'env:\n  "A B": 1\n', 'line 2: env "A B" is not the name', 'letters'],
  ])('refuses %s', async (_what, content, problem, advice) => {
    const error = await refusal(content);
    expect(error.code).toBe('dashboard_file_invalid');
    expect(error.exitCode).toBe(2);
    expect(error.message).toContain(join(folder, 'dashboard.yaml'));
    expect(error.message).toContain(problem);
    expect(error.advice).toContain(advice);
  });

  it.each([
    ['passphrase: hush-hush', 'passphrase must not stand here', '`passphrase-file: FILE`'],
    ['cred: admin@example.org:hush-Hush-3', 'cred must not contain a password', '`cred-file: FILE`'],
    ['cred: "nobody:hush-hush"', 'cred is not an e-mail address', '`cred-file`'],
    ['env: {NVFL_DASHBOARD_PP: hush-hush}', 'env NVFL_DASHBOARD_PP', '`passphrase-file: FILE`'],
    ['env: {NVFL_CREDENTIAL: "a@example.org:hush-hush"}', 'env NVFL_CREDENTIAL', '`cred-file: FILE`'],
    ['env: {SECRET_KEY: hush-hush}', 'env SECRET_KEY', '`SECRET_KEY_FILE: FILE`'],
    [
      'env: {DATABASE_URL: "postgres://u:hush-hush@h/d"}',
      'env DATABASE_URL',
      '`NVFL_DATABASE_URL_FILE: FILE`',
    ],
    ['env: {OTHER_URL: "smtps://u:hush-hush@h"}', 'env OTHER_URL', '`OTHER_URL:` without a value'],
    ['env: {SMTP_PASSWORD: hush-hush}', 'env SMTP_PASSWORD', '`SMTP_PASSWORD:` without a value'],
    ['env: {oidc_client_secret: hush-hush}', 'env oidc_client_secret', 'without a value'],
    ['env: {API_TOKEN: hush-hush}', 'env API_TOKEN', 'without a value'],
  ])('refuses the secret in %s, and does not repeat it', async (content, problem, advice) => {
    const error = await refusal(`${content}\n`);
    expect(error.message).toContain(`line 1: ${problem}`);
    expect(error.advice).toContain(advice);
    expect(`${error.message} ${error.advice}`).not.toMatch(/hush/i);
  });

  it('accepts an address of a database without a password', async () => {
    const found = await read('env: {DATABASE_URL: "postgres://user@%2Frun%2Fpostgresql/name"}\n');
    expect(found?.settings.env).toEqual({ DATABASE_URL: 'postgres://user@%2Frun%2Fpostgresql/name' });
  });

  it('names every problem, in the order of the lines', async () => {
    const { message } = await refusal('prot: 1\nlocal: maybe\nenv:\n  SECRET_KEY: hush-hush\n');
    expect(message).toMatch(/line 1: .*; line 2: .*; line 4: /);
  });

  it.each([
    ['other encodings', Buffer.from('name: caf\xe9\n', 'latin1')],
    ['a large file', Buffer.alloc(300_000, '#')],
  ])('refuses %s', async (_what, content) => {
    expect((await refusal(content)).message).toContain('it is not a text file in UTF-8');
  });

  it('refuses a folder in its place', async () => {
    mkdirSync(join(folder, 'dashboard.yaml'));
    await expect(readDashboardFile(folder, {})).rejects.toThrow('it is a folder');
  });
});
