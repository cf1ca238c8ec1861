import { EXIT } from '../exit-codes.ts';
import { withAdvice, type CliError } from './cli-error.ts';

const GENERAL_HELP = 'See `dashboard --help`.';
/** Commands that can do without an engine what they could not do with one. */
const STARTING: ReadonlySet<string> = new Set(['', 'start', 'plan', 'restart', 'upgrade']);

/** Commands that speak to a dashboard anywhere. */
const REMOTE =
  /^(?:login|logout|project|organizations|users|sites|kit|request|reissue|webhooks|enrolment|apply|export)(?: |$)/;

const withoutEngine = (command: string): string => {
  if (REMOTE.test(command)) {
    return ' For one elsewhere, add --url; for one that runs as a plain process, --local.';
  }
  if (command.startsWith('image ')) {
    return '';
  }
  return STARTING.has(command)
    ? ' Or run without an engine: add --local.'
    : ' For a dashboard that runs as a plain process, add --local.';
};

/** The same error with advice for the command that failed. */
export const forCommand = (error: CliError, command: string): CliError => {
  const { code, exitCode } = error;
  const advise = (advice: string): CliError => withAdvice(error, advice);
  if (exitCode === EXIT.noEngine) {
    return advise(`${error.advice}${withoutEngine(command)}`);
  }
  if (code === 'not_running' && REMOTE.test(command)) {
    return advise(`${error.advice} For one elsewhere, add --url.`);
  }
  return code === 'usage' && error.advice === GENERAL_HELP && command !== ''
    ? advise(`See \`dashboard ${command} --help\`.`)
    : error;
};
