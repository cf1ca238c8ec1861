import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { Api } from './api.ts';
import { dashboard, Terminal, type Ended } from './command.ts';
import { setUpProject } from './project.ts';
import { BIN, makeFolder, shellEnvironment } from './surroundings.ts';

const MINUTE = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';
const PASSPHRASE = 'nine black swans';

const Backup = z.object({ file: z.string(), encrypted: z.boolean() });

const folder = makeFolder();
const scratch = makeFolder();
const at = (name: string): string => join(scratch.path, name);
const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path });
const encrypted = at('project.tar.gz.enc');

beforeAll(async () => {
  const port = await freePort();
  writeFileSync(at('right'), `${PASSPHRASE}\n`);
  writeFileSync(at('wrong'), 'nine white swans\n');
  writeFileSync(at('short'), 'swan\n');
  const started = await run('start', '--local', '-p', String(port), '--cred', `${EMAIL}:${PASSWORD}:org`);
  expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  const anyone = new Api(`http://127.0.0.1:${port}`);
  const admin = await anyone.logIn(EMAIL, PASSWORD);
  const { siteAdmin } = await setUpProject(anyone, admin);
  await admin.must('POST', '/servers/1/blob', {});
  await Promise.all([anyone.close(), admin.close(), siteAdmin.close()]);
  const made = await run('backup', encrypted, '--encrypt-passphrase-file', at('right'));
  expect([made.exitCode, made.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  expect((await run('stop', '--local')).exitCode).toBe(0);
}, 2 * MINUTE);
afterAll(async () => {
  await run('stop', '--local');
  folder.remove();
  scratch.remove();
}, MINUTE);

/** The folder's files and the database's content. */
const state = () => [
  readdirSync(folder.path).sort(),
  createHash('sha256')
    .update(readFileSync(join(folder.path, 'db.sqlite')))
    .digest('hex'),
];

test('writes a private file that holds nothing of the project in clear', () => {
  expect(statSync(encrypted).mode & 0o777).toBe(0o600);
  const content = readFileSync(encrypted);
  expect(content.subarray(0, 80).toString()).toContain('nvflare-dashboard encrypted archive');
  expect(content.includes(Buffer.from([0x1f, 0x8b, 0x08]))).toBe(false);
});

test(
  'is tried out by a drill, which counts what it holds and opens the root CA',
  async () => {
    const before = state();
    const drill = await run(
      'restore',
      '--check',
      encrypted,
      '--encrypt-passphrase-file',
      at('right'),
      '--local',
    );
    expect([drill.exitCode, drill.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    expect(drill.stdout).toContain('It holds 2 users, 1 sites and 1 certificates.');
    expect(drill.stdout).toContain('Its root CA can issue certificates.');
    expect(state()).toEqual(before);
  },
  MINUTE,
);

describe('a restore that cannot be', () => {
  const damaged = (name: string, change: (content: Buffer) => Buffer): string => {
    writeFileSync(at(name), change(readFileSync(encrypted)));
    return at(name);
  };
  test.each<[string, string, () => readonly string[], string]>([
    ['the wrong passphrase', 'wrong', () => [encrypted], 'the passphrase does not open it'],
    [
      'an archive cut off',
      'right',
      () => [damaged('cut', (content) => content.subarray(0, -100))],
      'cut off',
    ],
    [
      'a damaged archive',
      'right',
      () => [
        damaged('flipped', (content) => {
          content.writeUInt8(content.readUInt8(2000) ^ 1, 2000);
          return content;
        }),
      ],
      'was changed, or is damaged',
    ],
    [
      'something after its end',
      'right',
      () => [damaged('longer', (content) => Buffer.concat([content, content]))],
      'was changed, or is damaged',
    ],
  ])(
    'says so of %s, and changes nothing',
    async (_what, passphrase, words, expected) => {
      const before = state();
      for (const more of [['--check'], ['--yes']]) {
        const ended = await run(
          'restore',
          ...words(),
          ...more,
          '--local',
          '--encrypt-passphrase-file',
          at(passphrase),
        );
        expect([ended.exitCode, ended.stderr]).toEqual([1, expect.stringContaining(expected)]);
        expect(ended.stderr).not.toContain(PASSPHRASE);
      }
      expect(state()).toEqual(before);
    },
    MINUTE,
  );

  test(
    'asks for the passphrase, and says which option gives it without a terminal',
    async () => {
      const ended = await run('restore', '--check', encrypted, '--local');
      expect([ended.exitCode, ended.stderr]).toEqual([
        2,
        expect.stringContaining('--encrypt-passphrase-file'),
      ]);
      const terminal = new Terminal(['restore', '--check', encrypted, '--local'], { cwd: folder.path });
      await terminal.see('Passphrase of the archive:');
      terminal.type(`${PASSPHRASE}\r`);
      await terminal.see('is a sound backup');
      expect(await terminal.ended).toBe(0);
      expect(terminal.text).not.toContain(PASSPHRASE);
    },
    MINUTE,
  );
});

test(
  'restores the project',
  async () => {
    const restored = await run(
      'restore',
      encrypted,
      '--yes',
      '--local',
      '--encrypt-passphrase-file',
      at('right'),
    );
    expect([restored.exitCode, restored.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  },
  MINUTE,
);

test(
  'warns a script, and asks a person, when neither the root key nor the archive has a passphrase',
  async () => {
    const plain = await run('backup', at('plain.tar.gz'));
    expect([plain.exitCode, plain.stderr]).toEqual([0, expect.stringContaining('is not encrypted')]);
    const chosen = await run('backup', at('chosen.tar.gz'), '--no-encrypt');
    expect([chosen.exitCode, chosen.stderr]).toEqual([0, expect.not.stringContaining('is not encrypted')]);
    const terminal = new Terminal(['backup', `${scratch.path}/`], { cwd: folder.path });
    await terminal.see('has no passphrase');
    terminal.type(`${PASSPHRASE}\r`);
    await terminal.see('once more');
    terminal.type(`${PASSPHRASE}\r`);
    await terminal.see('It is encrypted');
    expect(await terminal.ended).toBe(0);
    expect(readdirSync(scratch.path)).toContainEqual(
      expect.stringMatching(/^dashboard-\d{8}T\d{6}Z\.tar\.gz\.enc$/),
    );
  },
  MINUTE,
);

test(
  'takes the passphrase from standard input, and writes to standard output',
  async () => {
    const words = ['backup', '-', '--encrypt-passphrase-file', '-'];
    const child = spawn(process.execPath, [BIN, ...words], {
      cwd: folder.path,
      env: shellEnvironment(folder.path),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.end(`${PASSPHRASE}\n`);
    writeFileSync(at('piped'), await buffer(child.stdout));
    const drill = await run(
      'restore',
      '--check',
      at('piped'),
      '--encrypt-passphrase-file',
      at('right'),
      '--local',
    );
    expect([drill.exitCode, drill.stdout]).toEqual([0, expect.stringContaining('is a sound backup')]);
  },
  MINUTE,
);

test(
  'refuses a passphrase that is too short, or that is not needed',
  async () => {
    const short = await run('backup', at('no'), '--encrypt-passphrase-file', at('short'), '--json');
    expect([short.exitCode, readdirSync(scratch.path).includes('no')]).toEqual([2, false]);
    const file = Backup.parse(
      JSON.parse((await run('backup', at('two'), '--json', '--no-encrypt')).stdout),
    ).file;
    const unneeded = await run(
      'restore',
      '--check',
      file,
      '--encrypt-passphrase-file',
      at('right'),
      '--local',
    );
    expect([unneeded.exitCode, unneeded.stderr]).toEqual([1, expect.stringContaining('not encrypted')]);
  },
  MINUTE,
);
