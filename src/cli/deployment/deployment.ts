import type { EngineIdentity, LogLine, LogRequest } from '../../engine/engine.ts';
import type { ServiceFinding } from '../../contract/service-finding.ts';
import type { CliError } from '../errors/cli-error.ts';
import type { Output } from '../output/output.ts';
import type { StartDefaults, StartSettings } from '../settings/start-settings.ts';
import type { Predecessor } from './predecessor.ts';

/** State of a dashboard as the operating system or the engine reports it; undefined where it reports none. */
export interface DeploymentFacts {
  /** Of a container. */
  readonly name: string | undefined;
  readonly image: string | undefined;
  /** Its status, as the engine calls it. */
  readonly container: string | undefined;
  readonly restarts: number | undefined;
  /** Undefined while it runs. */
  readonly exitCode: number | undefined;
  /** Of a plain process. */
  readonly pid: number | undefined;
  readonly engine: EngineIdentity | undefined;
}

/** The dashboard that a command is about, as it was found: in a container or as a plain process, running or not. */
export interface Deployment {
  readonly kind: 'container' | 'process';
  /** Of the host it runs on; undefined for a container of another tool that shows none. */
  readonly folder: string | undefined;
  readonly port: number;
  /** As a list names it. */
  readonly label: string;
  /** Host to ask it at from here, as it stands in a URL. */
  readonly host: string;
  /** True when its folder and port are this machine's. */
  readonly here: boolean;
  /** True for another program's image: it knows no /ready and cannot be sealed. */
  readonly foreign: boolean;
  readonly phase: 'up' | 'paused' | 'exited';
  /** Tells one run from the next. */
  readonly run: string;
  /** Tells its log from that of its successor; a log goes on from run to run. */
  readonly logId: string;
  /** Of its process; values may be secret. */
  readonly environment: Readonly<Record<string, string>>;
  /** Settings it was started with, but for those that came over standard input. */
  readonly settings: StartDefaults;
  readonly facts: DeploymentFacts;

  /** Looks again. */
  refresh(): Promise<Deployment>;
  /** When its present run began, in ISO 8601; undefined when that is not known. */
  startedAt(): Promise<string | undefined>;
  /** True when it was started less than so many seconds ago and nothing has ended it since. */
  startedWithin(seconds: number, now: Date): boolean;
  /** Whether it runs what this package would start; its version is compared elsewhere. */
  isBuildOf(packageRoot: string): Promise<boolean>;
  /** Why it does not respond, with what to do. */
  silence(): CliError;
  /** Yields its log; a log that is followed ends with the container, and with the signal. */
  log(request: LogRequest): AsyncIterable<LogLine>;
  /** The last lines of its log, oldest first. */
  lastLines(count: number): Promise<readonly string[]>;
  /** Looks at the mail server and the OpenID provider from where it runs; nothing where none are set. */
  serviceFindings(): Promise<readonly ServiceFinding[]>;
  /** @throws CliError `run_by_others` when a service would start it again at once */
  checkStop(): void;
  /** @throws CliError `run_by_others`, `run_by_service` when something else keeps its settings */
  checkReplace(): void;
  /**
   * Ends it: SIGTERM, and SIGKILL after the timeout. One of another tool stays for that tool to start again.
   *
   * @returns false when it was seen to be killed
   * @throws CliError, EngineError
   */
  stop(timeoutSeconds: number): Promise<boolean>;
  /** Returns what a restart needs to put another in its place. */
  predecessor(successor: StartSettings, output: Output): Predecessor;
}
