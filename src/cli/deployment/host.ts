import type { Secrets } from '../../contract/secret-frame.ts';
import type { StartDefaults } from '../settings/start-settings.ts';
import type { Deployment } from './deployment.ts';

/** A setting in which the running dashboard differs from the wanted one; values of secrets are masked. */
export interface SettingChange {
  readonly setting: string;
  /** Undefined: not set. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Where a dashboard is to run: in a container, or as a plain process. */
export interface Host {
  readonly kind: 'container' | 'process';
  /** Address to ask it at from here, such as `http://127.0.0.1:8443`. */
  readonly origin: string;
  /** Name under which people on this host reach it. */
  readonly hostName: string;
  /** Commands that show its log and stop it. */
  readonly hints: { readonly logs: string; readonly stop: string };
  /** True for another program's image: it knows no /ready and cannot be sealed. */
  readonly foreign: boolean;
  /** Version that {@link Host.launch} starts; undefined for another program's image. */
  readonly version: string | undefined;
  /** The dashboard that runs there already. @throws CliError when somebody else's holds the name */
  existing(): Promise<Deployment | undefined>;
  /** Returns what the dashboard was started with that ended there and was never stopped. */
  ended(): Promise<StartDefaults | undefined>;
  /** Returns what would change in the dashboard that runs or ended there; nothing when there is none. */
  changes(): Promise<readonly SettingChange[]>;
  /** @throws CliError `port_taken`, where that can be told from here */
  checkPort(): Promise<void>;
  /** Whatever has to be there before the launch: an image, a build. */
  prepare(): Promise<void>;
  /**
   * Starts the backend and waits until it responds; when that fails, nothing of it is left.
   *
   * @throws CliError; `being_started` when another command is starting the same dashboard
   */
  launch(secrets: Secrets): Promise<void>;
  /**
   * Returns the warnings that the backend logged when it was launched.
   *
   * @param count as many as it told of; fewer are given when its log does not have them in time
   */
  warnings(count: number): Promise<readonly string[]>;
  /**
   * Stays with a launched backend until it ends: shows its log, and stops it when the signal fires. Undefined where an
   * engine keeps the backend.
   *
   * @returns its exit code; 0 when the signal stopped it
   */
  readonly attend?: ((showLine: (line: string) => void) => Promise<number>) | undefined;
  /**
   * The same on a copy of the project, reachable from this host only; undefined where the engine cannot see a folder of
   * this host.
   */
  trialOn(folder: string, port: number): Host | undefined;
  /** Ends what {@link Host.launch} started. */
  withdraw(): Promise<void>;
}
