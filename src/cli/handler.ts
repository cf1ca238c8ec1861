import type { Output, Report } from './output/output.ts';
import type { Runtime } from './runtime.ts';

/** Dependencies of every handler. */
export interface CommandContext {
  readonly runtime: Runtime;
  readonly output: Output;
  /** Fires at Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Options as commander read them, by their camel-case names; each handler checks those it uses. */
export type Flags = Readonly<Record<string, unknown>>;

/** One use case: flags and words of the command line in, a report out; fails with CliError. */
export type Handler = (flags: Flags, words: readonly string[], context: CommandContext) => Promise<Report>;

/** Describes what the command line asks for; the handler is loaded only when it runs, so that `--help` stays quick. */
export interface Invocation {
  readonly load: () => Promise<Handler>;
  /** The words that call the command, such as `image build`; empty for `--start` and `--stop`. */
  readonly command: string;
  readonly flags: Flags;
  readonly words: readonly string[];
}

/** Makes the action of a command out of where its handler lies. */
export type Dispatch = (load: () => Promise<Handler>) => (...received: readonly unknown[]) => void;
