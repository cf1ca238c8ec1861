import { stripVTControlCharacters } from 'node:util';
import type { CliError } from '../errors/cli-error.ts';
import type { Runtime } from '../runtime.ts';
import type { Output, Report } from './output.ts';

/** Raised when a field of the documents changes its meaning or goes; new fields leave it as it is. */
const SCHEMA_VERSION = 1;

/** For programs: one JSON document on standard output and nothing else there. */
export class JsonOutput implements Output {
  private readonly runtime: Runtime;
  private readonly debug: boolean;
  private readonly warnings: string[] = [];
  private readonly streamed: string[] = [];
  private responded = false;

  constructor(runtime: Runtime, options: { readonly debug: boolean }) {
    this.runtime = runtime;
    this.debug = options.debug;
  }

  step(): void {
    // A program waits for the document.
  }

  warn(text: string): void {
    this.warnings.push(text);
    this.runtime.stderr.write(`Warning: ${text}\n`);
  }

  progress(): void {
    // As for steps.
  }

  endProgress(): void {
    // As for steps.
  }

  line(text: string): void {
    if (this.responded) {
      this.runtime.stderr.write(`${text}\n`);
    } else {
      this.streamed.push(stripVTControlCharacters(text));
    }
  }

  response(report: Report): void {
    this.write({ ok: (report.exitCode ?? 0) === 0, ...report.data });
  }

  fail(error: CliError): void {
    this.runtime.stderr.write(`Error: ${error.message}\n${error.advice}\n`);
    if (this.debug && error.stack !== undefined) {
      this.runtime.stderr.write(`${error.stack}\n`);
    }
    const { code, message, advice, exitCode, lines } = error;
    this.write({
      ok: false,
      error: { code, message, advice, exitCode, log: lines.map((line) => stripVTControlCharacters(line)) },
    });
  }

  private write(document: Readonly<Record<string, unknown>>): void {
    const lines = this.streamed.length === 0 ? {} : { lines: this.streamed };
    const whole = { schemaVersion: SCHEMA_VERSION, ...document, ...lines, warnings: this.warnings };
    this.responded = true;
    this.runtime.stdout.write(`${JSON.stringify(whole, null, 2)}\n`);
  }
}
