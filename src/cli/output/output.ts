import type { ImageProgress } from '../../engine/engine.ts';
import type { CliError } from '../errors/cli-error.ts';

/** Describes what a command has to say at its end: the same facts for programs and for people. */
export interface Report {
  /** The document of `--json`; holds no secret but a password that was just made. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Lines for people. */
  readonly lines: readonly string[];
  /** Exit code although nothing failed, such as for `status` of a stopped dashboard. Default 0. */
  readonly exitCode?: number;
  /** Runs after the report was shown and returns the exit code: a dashboard that stays in the foreground. */
  readonly afterwards?: () => Promise<number>;
}

/** Where a command's words go. Handlers return data and never print it themselves. */
export interface Output {
  /** Shows the present step. */
  step(text: string): void;
  /** Shows a warning; the command continues. */
  warn(text: string): void;
  progress(progress: ImageProgress): void;
  /** Ends the bars of {@link Output.progress}. */
  endProgress(): void;
  /** A line of a stream which the command was asked for, such as a log. */
  line(text: string): void;
  response(report: Report): void;
  fail(error: CliError): void;
}

/** Which output is wanted. */
export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
}
