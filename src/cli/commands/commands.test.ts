import type { Command, Option } from 'commander';
import { describe, expect, test } from '@jest/globals';
import { emptyRuntime, runCommand } from '../../../test/support/run-command.ts';
import type { Invocation } from '../handler.ts';
import { makeProgram } from '../program.ts';
import { EXAMPLES } from './examples.ts';

const read = (
  argv: readonly string[],
): { readonly invocation: Invocation | undefined; readonly printed: string } => {
  let invocation: Invocation | undefined;
  let printed = '';
  const program = makeProgram(emptyRuntime(argv), {
    found: (one) => {
      invocation = one;
    },
    print: (text) => {
      printed += text;
    },
    enter: () => undefined,
  });
  program.parse([...argv], { from: 'user' });
  return { invocation, printed };
};

interface Found {
  readonly words: readonly string[];
  readonly command: Command;
}

const walk = (command: Command, words: readonly string[]): readonly Found[] => [
  { words, command },
  ...command
    .createHelp()
    .visibleCommands(command)
    .filter((inner) => command.commands.includes(inner))
    .flatMap((inner) => walk(inner, [...words, inner.name()])),
];
const program = makeProgram(emptyRuntime([]), {
  found: () => undefined,
  print: () => undefined,
  enter: () => undefined,
});
const ALL = walk(program, []);
const LEAVES = ALL.filter(({ command, words }) => command.commands.length === 0 && words.length > 0);
const named = LEAVES.map(({ words, command }) => [words.join(' '), words, command] as const);

/** Words that satisfy what a command requires. */
const required = ({ registeredArguments, options }: Command): readonly string[] => [
  ...registeredArguments
    .filter((argument) => argument.required)
    .map(({ argChoices }) => argChoices?.[0] ?? 'word'),
  ...options
    .filter((option) => option.mandatory)
    .flatMap((option) => [option.long ?? '', option.argChoices?.[0] ?? 'word']),
];

describe('every command', () => {
  test.each(named)('%s has examples that it understands', (name, words) => {
    const examples = EXAMPLES[name] ?? [];
    expect(examples).not.toEqual([]);
    for (const [line] of examples) {
      const call = line.replace(/^(sudo |source <\()/, '').replace(/\)$| [|>] .*$/, '');
      const [, ...argv] = [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, quoted, bare]) => quoted ?? bare ?? '',
      );
      const { invocation, printed } = read(argv);
      expect(invocation?.command ?? /^Usage: dashboard ([a-z ]+?) [[<]/.exec(printed)?.[0]).toBeDefined();
      expect(argv.slice(0, words.length)).toEqual(words);
    }
  });

  test('has no examples of what is no command', () => {
    const names = LEAVES.map(({ words }) => words.join(' '));
    expect(Object.keys(EXAMPLES).filter((name) => !names.includes(name))).toEqual([]);
  });

  test.each(ALL.map(({ words }) => [words.join(' '), words] as const))(
    'prints its help for "%s --help", as one document with --json',
    async (_name, words) => {
      const plain = await runCommand([...words, '--help']);
      expect([plain.exitCode, plain.stderr]).toEqual([0, '']);
      expect(plain.stdout).toContain(`Usage: ${['dashboard', ...words].join(' ')}`);
      expect(plain.stdout).toMatch(/ -h, --help +print this help\n/);
      const { exitCode, stdout } = await runCommand([...words, '--help', '--json']);
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ ok: true, schemaVersion: 1 });
    },
  );

  test.each(named)('%s says wrong usage as one document with --json', async (_name, words, command) => {
    const { exitCode, stdout } = await runCommand([...words, ...required(command), '--nonsense', '--json']);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      schemaVersion: 1,
      error: { code: 'usage', advice: `See \`dashboard ${words.join(' ')} --help\`.`, exitCode: 2 },
    });
  });

  test.each(named)('%s ends with one document whatever happens', async (_name, words, command) => {
    const environment = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
    const argv = [...words, ...required(command), '--json', '--timeout', '1'];
    const { stdout } = await runCommand(argv, { environment });
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, ok: expect.any(Boolean) });
  });
});

/** A value that each option must reject; an empty one for text. */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  '--port': ['', '0', '65536', '84x', '-1', '1.5', '١'],
  '--timeout': ['', '0', 'soon', '-5', '1.5', '9999999'],
  '--name': ['', 'a b', '-x', 'a/b', 'é'],
  '--tail': ['', '-1', 'all'],
  '--days': ['', '0', '367', 'x'],
  '--gpus': ['', '-1', '1025', 'two'],
  '--memory': ['', '-1', '65536', '1.5'],
  '--image': ['', 'BAD NAME', 'a b', 'Upper', ':tag', 'name:'],
  '--base-image': ['', 'BAD', 'a b'],
  '--restart': ['', 'always', 'never'],
  '--role': ['', 'boss', 'project_admin'],
  '--scope': ['', 'all', 'read,rite'],
  '--to': ['', 'mysql'],
  '--target-release': ['', '1.0'],
  '--env': ['', '=x', '1A=b', 'A B=c'],
  '--since': ['', '10', 'yesterday', '10w'],
  '--cred': ['', 'nobody', 'a@example.org:short'],
  '--domain': ['', '*.example.org', '127.0.0.1', 'a b'],
  '--email': ['', 'nobody'],
  '--challenge': ['', 'dns-01'],
  '--listen': ['', 'x', '0', 'host:80', '70000'],
  '--directory': ['', 'http://ca.example.org', 'nonsense'],
  '--url': ['', 'nonsense', 'ftp://host'],
};

/** `--start` has the options of the program itself. */
const ORIGINAL: Found = { words: ['--start'], command: program };
const valued = [...LEAVES, ORIGINAL].flatMap(({ words, command }) =>
  command.options
    .filter((option: Option) => option.required)
    .flatMap((option) =>
      (WRONG[option.long ?? ''] ?? ['', '  ']).map(
        (value) => [words.join(' '), option.long ?? '', value, words, command] as const,
      ),
    ),
);

test.each(valued)(
  '%s rejects %s %j in two lines with exit code 2',
  async (_name, flag, value, words, command) => {
    const others = command.options
      .filter((option) => option.mandatory && option.long !== flag)
      .flatMap((option) => [option.long ?? '', option.argChoices?.[0] ?? 'word']);
    const values = command.registeredArguments
      .filter((one) => one.required)
      .map(({ argChoices }) => argChoices?.[0] ?? 'word');
    const { exitCode, stderr, stdout } = await runCommand([
      ...words,
      ...values,
      ...others,
      `${flag}=${value}`,
    ]);
    expect(stderr).toMatch(/^Error: [^\n]+\n[^\n]+\n$/);
    expect([exitCode, stdout]).toEqual([2, '']);
  },
);
