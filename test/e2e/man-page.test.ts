import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from './surroundings.ts';

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

test('the package names the manual page', () => {
  expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))).toMatchObject({
    man: './dist/man/dashboard.1',
  });
});
