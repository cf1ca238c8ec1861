import type { Readable, Writable } from 'node:stream';

/** A stream that may be a terminal. */
export type InputStream = Readable & { readonly isTTY?: boolean };
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Everything the command takes from outside; tests replace the record, never a global. */
export interface Runtime {
  /** Without the interpreter and the script. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute path which relative ones are taken from. */
  readonly cwd: string;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Numeric user ID; undefined where there is none. */
  readonly uid: number | undefined;
  /** Number of this process. */
  readonly pid: number;
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly now: () => Date;
  /** Uniform integer from 0 up to and without `below`, from a cryptographic source. */
  readonly randomInt: (below: number) => number;
  /** Fires at Ctrl-C and when the terminal goes away. */
  readonly signal: AbortSignal;
  /** Absolute folder of the installed package: package.json, bin/, dist/, docker/. */
  readonly packageRoot: string;
  /** True when npm runs the command in a clone, where `dashboard` is not on the PATH. */
  readonly checkout: boolean;
  /** Node's executable. */
  readonly node: string;
}

/** True when a person can be asked: questions need a terminal to read from and one to write to. */
export const isAttended = (runtime: Runtime): boolean =>
  runtime.stdin.isTTY === true && runtime.stderr.isTTY === true && runtime.environment['CI'] !== 'true';
