import { CliError } from './cli-error.ts';
import { FAULTS } from './faults.ts';

/** Whatever was thrown, as an entry of the catalogue. */
export const toCliError = async (thrown: unknown, signal: AbortSignal): Promise<CliError> => {
  if (signal.aborted) {
    return FAULTS.interrupted({}, { cause: thrown });
  }
  if (thrown instanceof CliError) {
    return thrown;
  }
  if (thrown instanceof Error && thrown.name === 'ExitPromptError') {
    return FAULTS.interrupted({}, { cause: thrown });
  }
  const { engineErrorText } = await import('./engine-faults.ts');
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return engineErrorText(thrown) ?? FAULTS.internal({ reason }, { cause: thrown });
};

/** The same error, which also says what became of the dashboard that it was about. */
export const withOutcome = (
  { code, exitCode, message, advice, lines, cause }: CliError,
  outcome: string,
): CliError => new CliError(code, exitCode, { what: `${message} ${outcome}`, advice }, { lines, cause });
