import { describe, expect, test } from '@jest/globals';
import { runCommand } from '../../test/support/run-command.ts';

const dashboard = (...argv: readonly string[]) => runCommand(argv);

describe('usage errors', () => {
  test.each([
    ['start', '--local', '--image='],
    ['start', '--local', '--base-image='],
    ['image', 'build', '--image='],
    ['image', 'save', '--image=', 'archive.tar'],
  ])('rejects an empty value: %s %s %s', async (...argv) => {
    const { exitCode, stderr } = await dashboard(...argv);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^Error: --(base-)?image requires a value\.\n.*--help.*\n$/);
  });

  test.each([
    ['stauts', 'status'],
    ['strt', 'start'],
  ])('suggests a command for the typo %s', async (typed, meant) => {
    const { exitCode, stderr } = await dashboard(typed);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`There is no command "${typed}". Did you mean "${meant}"?`);
  });

  test.each([
    [['strt', '--help'], 'strt', 'start'],
    [['-p', '8443', 'strt', '-h'], 'strt', 'start'],
    [['image', 'bulid'], 'bulid', 'build'],
    [['image', 'bulid', '--help'], 'bulid', 'build'],
  ])('suggests a command for %j in place of the help of its group', async (argv, typed, meant) => {
    const { exitCode, stdout, stderr } = await dashboard(...argv);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`There is no command "${typed}". Did you mean "${meant}"?`);
  });

  test('suggests nothing for a word unlike any command', async () => {
    const { exitCode, stderr } = await dashboard('xylophone');
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain('Did you mean');
  });

  test.each([
    ['--start', 'status'],
    ['--stop', 'start'],
    ['--start', 'stop'],
  ])('refuses %s together with the command %s', async (verb, command) => {
    const { exitCode, stderr } = await dashboard(verb, command);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${verb} cannot be combined with the command "${command}".`);
  });

  test('lets the option after the command win', async () => {
    const { exitCode, stderr } = await dashboard('-p', '8443', 'start', '-p', 'near');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--port near');
  });
});

describe('help and version', () => {
  test.each([
    [[], 'Usage: dashboard [options] [command]'],
    [['help'], 'Usage: dashboard [options] [command]'],
    [['help', 'start'], 'Usage: dashboard start'],
    [['help', 'image', 'build'], 'Usage: dashboard image build'],
    [['image'], 'Usage: dashboard image'],
    [['admin'], 'Usage: dashboard admin'],
    [['passphrase'], 'Usage: dashboard passphrase'],
  ])('prints the help for %j', async (argv, usage) => {
    const { exitCode, stdout, stderr } = await dashboard(...argv);
    expect(stderr).toBe('');
    expect(stdout).toContain(usage);
    expect(exitCode).toBe(0);
  });

  test('rejects help for an unknown command', async () => {
    const { exitCode, stderr } = await dashboard('help', 'strat');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Did you mean "start"?');
  });

  test.each([['version'], ['-V'], ['--version']])('prints the version for %s', async (word) => {
    const { exitCode, stdout } = await dashboard(word);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(exitCode).toBe(0);
  });
});

describe('colors', () => {
  const ESCAPE = '\u001b[';
  const failing = (environment: Readonly<Record<string, string>>, ...flags: readonly string[]) =>
    runCommand(['stauts', ...flags], { environment });

  test('are left out where there is no terminal', async () => {
    expect((await failing({})).stderr).not.toContain(ESCAPE);
  });

  test('are shown with FORCE_COLOR', async () => {
    expect((await failing({ FORCE_COLOR: '1' })).stderr).toContain(ESCAPE);
  });

  const without: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ['NO_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, []],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, []],
    ['--no-color', { FORCE_COLOR: '1' }, ['--no-color']],
  ];
  test.each(without)('are left out with %s', async (_what, environment, flags) => {
    expect((await failing(environment, ...flags)).stderr).not.toContain(ESCAPE);
  });

  test('never get into a document', async () => {
    expect((await failing({ FORCE_COLOR: '1' }, '--json')).stdout).not.toContain(ESCAPE);
  });
});
