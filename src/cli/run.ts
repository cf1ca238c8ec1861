import { CommanderError, type Command } from 'commander';
import { unknownCommand } from './commands/help/help.command.ts';
import { CLI_ERRORS } from './errors/cli-errors.ts';
import { forCommand } from './errors/for-command.ts';
import { toCliError } from './errors/to-cli-error.ts';
import type { Invocation } from './handler.ts';
import type { Output, OutputOptions } from './output/output.ts';
import { makeProgram } from './program.ts';
import type { Runtime } from './runtime.ts';

const openPlainOutput = async (runtime: Runtime, options: OutputOptions): Promise<Output> => {
  if (options.json) {
    const { JsonOutput } = await import('./output/json-output.ts');
    return new JsonOutput(runtime, options);
  }
  const { TextOutput } = await import('./output/text-output.ts');
  return new TextOutput(runtime, options);
};

const openOutput = async (runtime: Runtime, options: OutputOptions): Promise<Output> => {
  const output = await openPlainOutput(runtime, options);
  if (!runtime.checkout) {
    return output;
  }
  const { CheckoutOutput } = await import('./output/checkout-output.ts');
  return new CheckoutOutput(output);
};

const perform = async (invocation: Invocation, runtime: Runtime): Promise<number> => {
  const { command, flags, words } = invocation;
  const on = (name: string): boolean => flags[name] === true;
  const output = await openOutput(runtime, { json: on('json'), quiet: on('quiet'), debug: on('debug') });
  try {
    const handler = await invocation.load();
    const report = await handler(flags, words, { runtime, output, signal: runtime.signal });
    output.response(report);
    return report.afterwards === undefined ? (report.exitCode ?? 0) : await report.afterwards();
  } catch (error) {
    const cliError = forCommand(await toCliError(error, runtime.signal), command);
    output.fail(cliError);
    return cliError.exitCode;
  }
};

const usageText = (error: CommanderError): string => {
  const text = error.message.replace(/^error: /, '').replace(/\s+/g, ' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?)]$/.test(text) ? '' : '.'}`;
};

/** Whether an option is given, where the arguments as a whole could not be read. */
const isGiven = ({ argv }: Runtime, option: string): boolean => {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).includes(option);
};

/** `--no-color` counts as the variable of that name, for what this process starts and loads as well. */
const withColorChoice = (runtime: Runtime): Runtime =>
  isGiven(runtime, '--no-color')
    ? { ...runtime, environment: { ...runtime.environment, NO_COLOR: '1' } }
    : runtime;

/** Codes of commander after a word that may name no command. */
const MAY_BE_STRAY: readonly string[] = ['commander.helpDisplayed', 'commander.unknownCommand'];

/**
 * Finds a word that names no command – also beside a request for help, to which commander responds with the help of
 * the group.
 *
 * @param entered words of the command whose arguments were read last
 */
const strayCommand = (program: Command, entered: string): Error | undefined => {
  const group = entered
    .split(' ')
    .filter((word) => word !== '')
    .reduce((command, word) => command.commands.find((one) => one.name() === word) ?? command, program);
  const [word] = group.args;
  return group.commands.length === 0 || word === undefined || word.startsWith('-')
    ? undefined
    : unknownCommand(word, group.commands);
};

/**
 * Runs the command from its arguments to its exit code; never throws and never ends the process.
 *
 * @returns the exit code
 */
export const run = async (givenRuntime: Runtime): Promise<number> => {
  const runtime = withColorChoice(givenRuntime);
  let invocation: Invocation | undefined;
  let printed = '';
  const parsed = { command: '' };
  const options = { json: isGiven(runtime, '--json'), quiet: false, debug: isGiven(runtime, '--debug') };
  const program = makeProgram(runtime, {
    found: (one) => {
      invocation = one;
    },
    print: (text) => {
      printed += text;
    },
    enter: (command) => {
      parsed.command = command;
    },
  });
  /** Help and version, which commander prints while it reads the arguments. */
  const respond = async (): Promise<number> => {
    if (printed !== '') {
      const text = printed.trimEnd();
      (await openPlainOutput(runtime, options)).response({ data: { text }, lines: text.split('\n') });
    }
    return 0;
  };
  try {
    await program.parseAsync([...runtime.argv], { from: 'user' });
  } catch (error) {
    const stray =
      error instanceof CommanderError && MAY_BE_STRAY.includes(error.code)
        ? strayCommand(program, parsed.command)
        : undefined;
    // `commander.help`: a group such as `dashboard image` without its command has printed its help.
    const isDone =
      error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help');
    if (isDone && stray === undefined) {
      return respond();
    }
    const cliError =
      error instanceof CommanderError && stray === undefined
        ? CLI_ERRORS.usage({ what: usageText(error) }, { cause: error })
        : await toCliError(stray ?? error, runtime.signal);
    (await openOutput(runtime, options)).fail(forCommand(cliError, parsed.command));
    return cliError.exitCode;
  }
  return invocation === undefined ? respond() : perform(invocation, runtime);
};
