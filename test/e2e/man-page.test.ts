import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { BIN, ROOT, shellEnvironment } from './surroundings.ts';

const PAGE = join(ROOT, 'dist', 'man', 'dashboard.1');

const run = (program: string, args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', MANWIDTH: '100' },
  });
  return { status, stdout, stderr };
};

test('the manual page passes the checks of man and mandoc', () => {
  expect(run('mandoc', ['-T', 'lint', '-W', 'warning', PAGE])).toEqual({ status: 0, stdout: '', stderr: '' });
  const { status, stderr, stdout } = run('man', ['--warnings', '-l', PAGE]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('dashboard service install');
  expect(stdout).toMatch(/--passphrase-file/);
});

test.each(['60', '80', '90', '100', '200'])(
  'prints the help as the commands are, %s columns wide',
  (COLUMNS) => {
    const environment = { ...shellEnvironment(tmpdir()), COLUMNS };
    const help = (...args: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
        encoding: 'utf8',
        env: environment,
      });
      return { status, stdout, stderr };
    };
    // With a second option the program renders it, instead of printing what the build wrote.
    const rendered = help('--help', '--no-color');
    expect(rendered).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Usage: dashboard [options]'),
    });
    for (const args of [['--help'], ['-h'], []]) {
      expect(help(...args)).toEqual(rendered);
    }
  },
);

test('the package names the manual page', () => {
  expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))).toMatchObject({
    man: './dist/man/dashboard.1',
  });
});
