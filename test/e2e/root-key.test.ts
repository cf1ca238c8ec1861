import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { Api } from './api.ts';
import { dashboard, type Ended } from './command.ts';
import { makeFolder } from './surroundings.ts';

const MINUTE = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';

const Findings = z.object({ findings: z.array(z.object({ check: z.string(), level: z.string() })) });

const folder = makeFolder();
const keys = makeFolder();
const file = join(keys.path, 'passphrase');
let port = 0;
const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path });
const start = (...more: readonly string[]): Promise<Ended> =>
  run('start', '--local', '-p', String(port), '--cred', `${EMAIL}:${PASSWORD}:org`, ...more);
const stop = (): Promise<Ended> => run('stop', '--local');

beforeAll(async () => {
  port = await freePort();
});
afterAll(async () => {
  await stop();
  folder.remove();
  keys.remove();
}, MINUTE);

const rootKeyFinding = async (): Promise<unknown> => {
  const { stdout } = await run('doctor', '--local', '--json');
  return Findings.parse(JSON.parse(stdout)).findings.find(({ check }) => check === 'root key');
};

const freeze = async (): Promise<void> => {
  const anyone = new Api(`http://127.0.0.1:${port}`);
  const admin = await anyone.logIn(EMAIL, PASSWORD);
  await admin.must('PATCH', '/project', {
    short_name: 'e2e',
    server1: 'fl.example.org',
    key_bits: 2048,
    frozen: true,
  });
  await Promise.all([anyone.close(), admin.close()]);
};

test(
  'leaves no passphrase behind when it cannot be used',
  async () => {
    writeFileSync(file, 'mine\n');
    const taken = await start('--generate-passphrase', file);
    expect([taken.exitCode, taken.stderr]).toEqual([1, expect.stringContaining('it exists')]);
    expect(readFileSync(file, 'utf8')).toBe('mine\n');
    const other = join(keys.path, 'other');
    const both = await start('--generate-passphrase', other, '--passphrase-file', file);
    expect([both.exitCode, both.stderr]).toEqual([2, expect.stringContaining('another passphrase')]);
    expect(existsSync(other)).toBe(false);
  },
  MINUTE,
);

test(
  'generates a passphrase of 128 bits into a private file, and encrypts the root key with it',
  async () => {
    const made = join(keys.path, 'generated');
    const started = await start('--generate-passphrase', made);
    expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    expect(statSync(made).mode & 0o777).toBe(0o600);
    const passphrase = readFileSync(made, 'utf8').trim();
    expect(passphrase).toMatch(/^[2-9A-Za-z]{4}(?:-[2-9A-Za-z]{4}){6}$/);
    expect(started.stdout).toContain(made);
    expect(started.stdout + started.stderr).not.toContain(passphrase);
    const again = await start('--generate-passphrase', join(keys.path, 'again'));
    expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('already runs')]);
    expect(existsSync(join(keys.path, 'again'))).toBe(false);
    await freeze();
    expect(await rootKeyFinding()).toMatchObject({ level: 'ok' });
    expect((await stop()).exitCode).toBe(0);
    const sealed = await start();
    expect(sealed.stderr).toContain('running sealed');
    expect((await stop()).exitCode).toBe(0);
    const opened = await start('--passphrase-file', made);
    expect([opened.exitCode, opened.stderr]).toEqual([0, expect.not.stringContaining('sealed')]);
    expect((await stop()).exitCode).toBe(0);
  },
  3 * MINUTE,
);

test(
  'warns at the start, in status and in doctor of a root key without a passphrase',
  async () => {
    expect((await run('reset', '--local', '--yes')).exitCode).toBe(0);
    expect((await start()).exitCode).toBe(0);
    await freeze();
    expect(await rootKeyFinding()).toMatchObject({ level: 'warn' });
    expect((await stop()).exitCode).toBe(0);
    const started = await start();
    expect([started.exitCode, started.stderr]).toEqual([
      0,
      expect.stringContaining('stored without a passphrase'),
    ]);
    const useless = join(keys.path, 'useless');
    expect((await stop()).exitCode).toBe(0);
    const late = await start('--generate-passphrase', useless);
    expect([late.exitCode, late.stderr]).toEqual([1, expect.stringContaining('nothing was changed')]);
    expect(existsSync(useless)).toBe(false);
  },
  3 * MINUTE,
);
