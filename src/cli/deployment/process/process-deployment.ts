import type { LogLine, LogRequest } from '../../../engine/engine.ts';
import type { ServiceFinding } from '../../../contract/service-finding.ts';
import { readServiceFindings } from '../../backend/service-findings.ts';
import type { CliError } from '../../errors/cli-error.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Output } from '../../output/output.ts';
import type { Runtime } from '../../runtime.ts';
import type { StartDefaults, StartSettings } from '../../settings/start-settings.ts';
import type { Deployment, DeploymentFacts } from '../deployment.ts';
import type { Predecessor } from '../predecessor.ts';
import { singleAddress, urlHost } from '../listen-address.ts';
import { followFile } from './follow-file.ts';
import { findEnded, findLocal, localLogPath, localStateTime, type LocalState } from './local-state.ts';
import { readLogTail } from './log-tail.ts';
import { isSuspended } from './process-identity.ts';
import { processPredecessor } from './process-predecessor.ts';
import { stopProcess } from './stop-process.ts';

/** A dashboard that runs as a plain process of this host. */
export class ProcessDeployment implements Deployment {
  readonly kind = 'process';
  readonly here = true;
  readonly foreign = false;
  readonly phase: 'up' | 'paused';
  readonly folder: string;
  readonly port: number;
  readonly label: string;
  readonly host: string;
  readonly run: string;
  readonly logId: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly settings: StartDefaults;
  readonly facts: DeploymentFacts;
  private readonly state: LocalState;
  private readonly runtime: Runtime;

  constructor(folder: string, state: LocalState, phase: 'up' | 'paused', runtime: Runtime) {
    this.phase = phase;
    const { pid, port, startedAt, environment } = state;
    this.folder = folder;
    this.port = port;
    this.label = `process ${pid}`;
    this.host = urlHost(singleAddress(environment) ?? '127.0.0.1');
    this.run = `${pid} ${startedAt}`;
    this.logId = localLogPath(folder);
    this.environment = environment;
    this.settings = { folder, port, local: true, environment };
    this.facts = {
      name: undefined,
      image: undefined,
      container: undefined,
      restarts: undefined,
      exitCode: undefined,
      pid,
      engine: undefined,
    };
    this.state = state;
    this.runtime = runtime;
  }

  refresh(): Promise<Deployment> {
    return Promise.resolve(this);
  }

  startedAt(): Promise<string | undefined> {
    return localStateTime(this.folder).catch(() => undefined);
  }

  startedWithin(): boolean {
    return false;
  }

  isBuildOf(): Promise<boolean> {
    return Promise.resolve(true);
  }

  silence(): CliError {
    const { folder, port, state, phase } = this;
    if (phase === 'paused') {
      return CLI_ERRORS.notAnswering({
        what: `The dashboard of ${folder} (process ${state.pid}) is suspended and does not respond.`,
        advice: `Let it go on (kill -CONT ${state.pid}), or run \`dashboard restart\`.`,
      });
    }
    return CLI_ERRORS.notAnswering({
      what: `The dashboard of ${folder} (process ${state.pid}, port ${port}) is there but does not respond.`,
      advice: `Look at ${localLogPath(folder)}, then run \`dashboard restart\`.`,
    });
  }

  log(request: LogRequest): AsyncIterable<LogLine> {
    return followFile(localLogPath(this.folder), { signal: this.runtime.signal, ...request });
  }

  lastLines(count: number): Promise<readonly string[]> {
    return readLogTail(localLogPath(this.folder), 0, count);
  }

  serviceFindings(): Promise<readonly ServiceFinding[]> {
    return readServiceFindings(this.folder, this.environment, this.runtime);
  }

  checkStop(): void {
    // Its service sees it end as it should and lets it rest.
  }

  checkReplace(): void {
    const { unit } = this.state;
    if (unit !== undefined) {
      // A process outside its service would not come back after a boot.
      throw CLI_ERRORS.runByService({ folder: this.folder, unit: unit.name, user: unit.user });
    }
  }

  stop(timeoutSeconds: number): Promise<boolean> {
    return stopProcess(this.folder, this.state, timeoutSeconds, this.runtime.platform);
  }

  predecessor(successor: StartSettings, output: Output): Predecessor {
    return processPredecessor(this.folder, this.state, successor, this.runtime, () => {
      output.warn(`it did not end within ${successor.timeoutSeconds} s and was killed.`);
    });
  }
}

/** The plain process that serves a folder; undefined when none does. */
export const findProcess = async (folder: string, runtime: Runtime): Promise<Deployment | undefined> => {
  const state = await findLocal(folder, runtime.platform);
  if (state === undefined) {
    return undefined;
  }
  const phase = (await isSuspended(state.pid, runtime.platform)) ? 'paused' : 'up';
  return new ProcessDeployment(folder, state, phase, runtime);
};

/**
 * Returns what the plain process was started with that ended without being stopped; undefined for one of a service,
 * which says everything at each start.
 */
export const endedProcess = async (
  folder: string,
  { platform }: Pick<Runtime, 'platform'>,
): Promise<StartDefaults | undefined> => {
  const state = await findEnded(folder, platform);
  return state === undefined || state.unit !== undefined
    ? undefined
    : { folder, port: state.port, local: true, environment: state.environment };
};
