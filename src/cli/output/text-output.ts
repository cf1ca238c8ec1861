import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import type { ImageProgress } from '../../engine/engine.ts';
import { readableLine } from '../backend/log-line.ts';
import type { CliError } from '../errors/cli-error.ts';
import type { Runtime } from '../runtime.ts';
import type { Output, OutputOptions, Report } from './output.ts';
import { ProgressBars } from './progress-bars.ts';

const colorLevel = (runtime: Runtime): 0 | 1 => {
  const { NO_COLOR, FORCE_COLOR, TERM } = runtime.environment;
  if (NO_COLOR !== undefined && NO_COLOR !== '') {
    return 0;
  }
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') {
    return 1;
  }
  return runtime.stderr.isTTY === true && TERM !== 'dumb' ? 1 : 0;
};

/** For people: responses on standard output, everything else on standard error. */
export class TextOutput implements Output {
  private readonly runtime: Runtime;
  private readonly options: OutputOptions;
  private readonly chalk: InstanceType<typeof Chalk>;
  private readonly bars: ProgressBars;

  constructor(runtime: Runtime, options: OutputOptions) {
    this.runtime = runtime;
    this.options = options;
    this.chalk = new Chalk({ level: colorLevel(runtime) });
    this.bars = new ProgressBars(runtime.stderr, () => runtime.now().getTime());
  }

  step(text: string): void {
    if (!this.options.quiet) {
      this.toError(`${text}\n`);
    }
  }

  warn(text: string): void {
    this.toError(`${this.chalk.yellow('Warning:')} ${text}\n`);
  }

  progress(progress: ImageProgress): void {
    if (!this.options.quiet) {
      this.bars.show(progress);
    }
  }

  endProgress(): void {
    this.bars.end();
  }

  line(text: string): void {
    const { stdout } = this.runtime;
    stdout.write(`${stdout.isTTY === true ? text : stripVTControlCharacters(text)}\n`);
  }

  response(report: Report): void {
    this.endProgress();
    if (report.lines.length > 0) {
      this.runtime.stdout.write(`${report.lines.join('\n')}\n`);
    }
  }

  fail(error: CliError): void {
    this.endProgress();
    for (const line of error.lines) {
      // What a build or a log printed may hold a terminal's commands.
      this.toError(`${this.chalk.dim(`  ${stripVTControlCharacters(readableLine(line))}`)}\n`);
    }
    this.toError(`${this.chalk.red('Error:')} ${error.message}\n${error.advice}\n`);
    if (this.options.debug) {
      this.toError(`${stackOf(error)}\n`);
    }
  }

  private toError(text: string): void {
    this.bars.end();
    this.runtime.stderr.write(text);
  }
}

/** The stack of an error and of its causes. */
const stackOf = (error: Error): string => {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\nCaused by: ${stackOf(error.cause)}` : own;
};
