import { EXIT } from '../exit-codes.ts';
import { CliError } from './cli-error.ts';

const GENERAL_HELP = 'See `dashboard --help`.';
/** Commands that can do without an engine what they could not do with one. */
const STARTING: ReadonlySet<string> = new Set(['', 'start', 'plan', 'restart', 'upgrade']);

const withoutEngine = (command: string): string => {
  if (command.startsWith('image ')) {
    return '';
  }
  return STARTING.has(command)
    ? ' Or run without an engine: add --local.'
    : ' For a dashboard that runs as a plain process, add --local.';
};

/** The same error with advice for the command that failed. */
export const forCommand = (error: CliError, command: string): CliError => {
  const { code, exitCode, message, lines, cause } = error;
  const advise = (advice: string): CliError =>
    new CliError(code, exitCode, { what: message, advice }, { lines, cause });
  if (exitCode === EXIT.noEngine) {
    return advise(`${error.advice}${withoutEngine(command)}`);
  }
  return code === 'usage' && error.advice === GENERAL_HELP && command !== ''
    ? advise(`See \`dashboard ${command} --help\`.`)
    : error;
};
