import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from './read-config.ts';

let folder = '';
const secretFile = (text: string): string => {
  const file = join(folder, 'secret');
  writeFileSync(file, text);
  return file;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'secret-files-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each(['DATABASE_URL_FILE', 'NVFL_DATABASE_URL_FILE'])(
  'takes the database URL from the file that %s names',
  (name) => {
    const file = secretFile('postgres://dash:secret@db/flare\n');
    const { database } = readConfig({ [name]: file, DATABASE_URL: 'postgres://dash@db/flare' }, {});
    expect(database).toEqual({ engine: 'postgres', url: 'postgres://dash:secret@db/flare' });
  },
);

test.each([
  ['NVFL_DASHBOARD_PP_FILE', 'passphrase'],
  ['SECRET_KEY_FILE', 'secretKey'],
  ['NVFL_CREDENTIAL_FILE', 'credential'],
] as const)('reads %s', (name, setting) => {
  const file = secretFile('a secret of some length\n');
  expect(readConfig({ [name]: file }, {})[setting]).toBe('a secret of some length');
});

test('prefers standard input to a file', () => {
  const file = secretFile('of the file');
  expect(readConfig({ NVFL_DASHBOARD_PP_FILE: file }, { passphrase: 'of the input' }).passphrase).toBe(
    'of the input',
  );
});

test('rejects a file that does not exist, naming the variable', () => {
  expect(() => readConfig({ SECRET_KEY_FILE: join(folder, 'absent') }, {})).toThrow(
    /absent that SECRET_KEY_FILE names cannot be read: it does not exist/,
  );
});

test('rejects an empty file', () => {
  expect(() => readConfig({ NVFL_DASHBOARD_PP_FILE: secretFile('\n') }, {})).toThrow(
    /NVFL_DASHBOARD_PP_FILE names is empty/,
  );
});

test('rejects a file that is not UTF-8 instead of repairing it', () => {
  const file = join(folder, 'latin1');
  writeFileSync(file, Buffer.from('schlüssel-für-alle', 'latin1'));
  expect(() => readConfig({ NVFL_DASHBOARD_PP_FILE: file }, {})).toThrow(
    /NVFL_DASHBOARD_PP_FILE names is not UTF-8/,
  );
});

test.each([
  ['yes', true],
  ['1', true],
  ['off', false],
  ['', false],
])('reads NVFL_METRICS=%s', (text, metrics) => {
  expect(readConfig({ NVFL_METRICS: text }, {}).metrics).toBe(metrics);
});

test('rejects a boolean that is none, naming the variable', () => {
  expect(() => readConfig({ NVFL_METRICS: 'enabled' }, {})).toThrow('NVFL_METRICS is neither true nor false');
});
