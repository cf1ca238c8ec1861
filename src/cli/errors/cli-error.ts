import type { ExitCode } from '../exit-codes.ts';

/** Error text for people when a command fails. */
export interface CliErrorText {
  /** One line: what happened. */
  readonly what: string;
  /** One line: what to do. */
  readonly advice: string;
}

/** Lines of another program that belong to a failure, such as the end of a log. */
export interface CliErrorDetails {
  readonly lines?: readonly string[];
}

/** The only error that ends a command on purpose. */
export class CliError extends Error {
  override readonly name = 'CliError';
  /** Stable; in the document of `--json`. */
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly advice: string;
  readonly lines: readonly string[];

  constructor(
    code: string,
    exitCode: ExitCode,
    text: CliErrorText,
    options: ErrorOptions & CliErrorDetails = {},
  ) {
    super(text.what, options);
    this.code = code;
    this.exitCode = exitCode;
    this.advice = text.advice;
    this.lines = options.lines ?? [];
  }
}

/** Makes one entry of the catalogue: from the facts of a failure to the error. */
export const define =
  <Facts>(code: string, exitCode: ExitCode, text: (facts: Facts, lines: readonly string[]) => CliErrorText) =>
  (facts: Facts, options: ErrorOptions & CliErrorDetails = {}): CliError =>
    new CliError(code, exitCode, text(facts, options.lines ?? []), options);

/** The same error with other advice. */
export const withAdvice = ({ code, exitCode, message, lines, cause }: CliError, advice: string): CliError =>
  new CliError(code, exitCode, { what: message, advice }, { lines, cause });

/** The same error about another path, such as the one that a copy was made of. */
export const withPath = (error: CliError, from: string, to: string): CliError => {
  const { code, exitCode, message, advice, lines, cause } = error;
  const rename = (text: string): string => text.replaceAll(from, to);
  const text = { what: rename(message), advice: rename(advice) };
  return new CliError(code, exitCode, text, { lines: lines.map(rename), cause });
};
