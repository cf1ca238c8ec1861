import { CliError } from './cli-error.ts';
import { CLI_ERRORS } from './cli-errors.ts';

/** Whatever was error, as an entry of the catalogue. */
export const toCliError = async (error: unknown, signal: AbortSignal): Promise<CliError> => {
  if (signal.aborted) {
    return CLI_ERRORS.interrupted({}, { cause: error });
  }
  if (error instanceof CliError) {
    return error;
  }
  if (error instanceof Error && error.name === 'ExitPromptError') {
    return CLI_ERRORS.interrupted({}, { cause: error });
  }
  const { engineErrorText } = await import('./engine-error-text.ts');
  const reason = error instanceof Error ? error.message : String(error);
  return engineErrorText(error) ?? CLI_ERRORS.internal({ reason }, { cause: error });
};

/** The same error, which also says what became of the dashboard that it was about. */
export const withOutcome = (
  { code, exitCode, message, advice, lines, cause }: CliError,
  outcome: string,
): CliError => new CliError(code, exitCode, { what: `${message} ${outcome}`, advice }, { lines, cause });
