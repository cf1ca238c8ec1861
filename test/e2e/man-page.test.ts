import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { everyCommandAndGroup } from '../support/every-command.ts';
import { runCommand } from '../support/run-command.ts';
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

const HelpTexts = z.record(z.string(), z.string());
const isWritten = (width: string): Readonly<Record<string, string>> =>
  HelpTexts.parse(JSON.parse(readFileSync(join(ROOT, 'dist', 'help', `${width}.json`), 'utf8')));

test.each(['80', '100'])('the build wrote the help of every command, %s columns wide', async (COLUMNS) => {
  const commands = ['', ...everyCommandAndGroup().map(({ name }) => name)];
  const rendered = await Promise.all(
    commands.map(async (name) => {
      const words = name === '' ? [] : name.split(' ');
      const { stdout } = await runCommand([...words, '--help', '--no-color'], { environment: { COLUMNS } });
      return [name, stdout];
    }),
  );
  expect(isWritten(COLUMNS)).toEqual(Object.fromEntries(rendered));
});

test.each([
  [['start', '--help'], 'start'],
  [['image', 'build', '-h'], 'image build'],
  [['help', 'image'], 'image'],
])('prints for %j what the build wrote', (args, name) => {
  const { stdout, stderr } = run(process.execPath, [BIN, ...args]);
  expect([stdout, stderr]).toEqual([isWritten('100')[name], '']);
});

test.each([
  [['strat', '--help'], 'Did you mean "start"?'],
  [['help', 'constructor'], 'There is no command "constructor".'],
  [['start', '--port', '--help'], '--port --help is not a port.'],
])('rejects %j although it ends like a request for help', (args, message) => {
  const { status, stderr } = run(process.execPath, [BIN, ...args]);
  expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('the package names the manual page', () => {
  expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))).toMatchObject({
    man: './dist/man/dashboard.1',
  });
});
