import { CommanderError } from 'commander';
import { FAULTS } from './errors/faults.ts';
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
  const { flags, words } = invocation;
  const on = (name: string): boolean => flags[name] === true;
  const output = await openOutput(runtime, { json: on('json'), quiet: on('quiet'), debug: on('debug') });
  try {
    const handler = await invocation.load();
    const report = await handler(flags, words, { runtime, output, signal: runtime.signal });
    output.response(report);
    return report.afterwards === undefined ? (report.exitCode ?? 0) : await report.afterwards();
  } catch (error) {
    const cliError = await toCliError(error, runtime.signal);
    output.fail(cliError);
    return cliError.exitCode;
  }
};

const usageText = (error: CommanderError): string => {
  const text = error.message.replace(/^error: /, '').replace(/\s+/g, ' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?)]$/.test(text) ? '' : '.'}`;
};

/**
 * Runs the command from its arguments to its exit code; never throws and never ends the process.
 *
 * @returns the exit code
 */
export const run = async (runtime: Runtime): Promise<number> => {
  let invocation: Invocation | undefined;
  const program = makeProgram(runtime, (found) => {
    invocation = found;
  });
  try {
    await program.parseAsync([...runtime.argv], { from: 'user' });
  } catch (error) {
    // `commander.help`: a group such as `dashboard image` without its command has printed its help.
    if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')) {
      return 0;
    }
    const options = { json: runtime.argv.includes('--json'), quiet: false, debug: false };
    const cliError =
      error instanceof CommanderError
        ? FAULTS.usage({ what: usageText(error) }, { cause: error })
        : await toCliError(error, runtime.signal);
    (await openOutput(runtime, options)).fail(cliError);
    return cliError.exitCode;
  }
  return invocation === undefined ? 0 : perform(invocation, runtime);
};
