import { z } from 'zod';
import { ENVIRONMENT } from '../../../contract/environment.ts';
import { MaintenanceResponse } from '../../../contract/maintenance.ts';
import { ServiceFindings, type ServiceFinding } from '../../../contract/service-finding.ts';
import {
  isUp,
  type ContainerState,
  type Engine,
  type LogLine,
  type LogRequest,
} from '../../../engine/engine.ts';
import { ENVIRONMENT_PREFIX, LABELS, RESTART_POLICIES, settingsInLabels } from '../../../engine/spec.ts';
import type { CliError } from '../../errors/cli-error.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Runtime } from '../../runtime.ts';
import type { StartDefaults, StartSettings } from '../../settings/start-settings.ts';
import { askDeployment } from '../ask-deployment.ts';
import type { Deployment, DeploymentFacts } from '../deployment.ts';
import type { Predecessor } from '../predecessor.ts';
import { urlHost } from '../listen-address.ts';
import { containerPredecessor } from './container-predecessor.ts';
import { createdByOthers } from './created-by-others.ts';
import { contextDigest } from './image-context/image-context.ts';

const DEFAULT_PORT = 443;
/** In the image, from its working directory. */
const CHECK_PROGRAM = 'dist/backend/entry/maintain.js';
/** Set by Podman on containers that a unit of systemd runs, and would start again. */
const SYSTEMD_UNIT = 'PODMAN_SYSTEMD_UNIT';

const RestartPolicy = z.enum(RESTART_POLICIES).optional().catch(undefined);
/** The image of this package by its own name, as Docker and Podman call it, whatever version ran. */
const OWN_IMAGE = /^(localhost\/|docker\.io\/library\/)?nvflare-dashboard:/;

/** What a container was started with. */
export const settingsOf = (state: ContainerState): StartDefaults => {
  const settings = settingsInLabels(state.labels);
  const image = settings['image'];
  const given = Object.entries(state.environment).filter(
    ([name]) => settings[`${ENVIRONMENT_PREFIX}${name}`] !== undefined && name !== ENVIRONMENT.publishedHost,
  );
  return {
    port: state.port ?? DEFAULT_PORT,
    ...(state.folder === undefined ? {} : { folder: state.folder }),
    name: state.name,
    image: image === undefined || OWN_IMAGE.test(image) ? undefined : image,
    restart: RestartPolicy.parse(settings['restart']),
    environment: {
      ...Object.fromEntries(given),
      ...(state.address === undefined ? {} : { [ENVIRONMENT.webHost]: state.address }),
    },
  };
};

/** A dashboard in a container. */
export class ContainerDeployment implements Deployment {
  readonly kind = 'container';
  readonly folder: string | undefined;
  readonly port: number;
  readonly label: string;
  readonly host: string;
  readonly here: boolean;
  readonly foreign: boolean;
  readonly phase: Deployment['phase'];
  readonly run: string;
  readonly logId: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly settings: StartDefaults;
  readonly facts: DeploymentFacts;
  private readonly state: ContainerState;
  private readonly engine: Engine;
  private readonly runtime: Runtime;

  constructor(state: ContainerState, engine: Engine, runtime: Runtime) {
    const { local, host } = engine.identity;
    const up = isUp(state);
    this.folder = state.folder;
    this.port = state.port ?? DEFAULT_PORT;
    this.label = state.name;
    this.host = local && state.address !== undefined ? urlHost(state.address) : host;
    this.here = local;
    this.foreign = state.labels[LABELS.image] === undefined;
    this.phase = state.status === 'paused' ? 'paused' : up ? 'up' : 'exited';
    this.run = `${state.id} ${state.startedAt ?? ''}`;
    this.logId = state.id;
    this.environment = state.environment;
    this.settings = settingsOf(state);
    this.facts = {
      name: state.name,
      image: state.labels[LABELS.spec] === undefined ? undefined : state.image,
      container: state.status,
      restarts: state.restarts,
      exitCode: up ? undefined : state.exitCode,
      pid: undefined,
      engine: engine.identity,
    };
    this.state = state;
    this.engine = engine;
    this.runtime = runtime;
  }

  async refresh(): Promise<Deployment> {
    const state = await this.engine.inspectContainer(this.state.id, this.runtime.signal);
    return state === undefined ? this : new ContainerDeployment(state, this.engine, this.runtime);
  }

  startedAt(): Promise<string | undefined> {
    return Promise.resolve(this.state.startedAt);
  }

  startedWithin(seconds: number, now: Date): boolean {
    const { restarts, startedAt } = this.state;
    return (
      restarts === 0 && startedAt !== undefined && now.getTime() - Date.parse(startedAt) < seconds * 1000
    );
  }

  async isBuildOf(packageRoot: string): Promise<boolean> {
    return this.state.context === (await contextDigest(packageRoot));
  }

  silence(): CliError {
    const { name, status, restarts, exitCode } = this.state;
    if (status === 'paused') {
      return CLI_ERRORS.notAnswering({
        what: `The dashboard ${name} is paused and does not respond.`,
        advice: `Let it go on (docker unpause ${name}), or run \`dashboard restart\`.`,
      });
    }
    return status === 'restarting' || restarts > 0
      ? CLI_ERRORS.notAnswering({
          what: `The dashboard ${name} keeps exiting: restarted ${restarts} times, exit code ${exitCode}.`,
          advice: 'Look at `dashboard logs --tail 20` for the reason, then run `dashboard restart`.',
        })
      : CLI_ERRORS.notAnswering({
          what: `The dashboard ${name} runs but does not respond on port ${this.port}.`,
          advice: 'Look at `dashboard logs --tail 20`, then run `dashboard restart`.',
        });
  }

  log(request: LogRequest): AsyncIterable<LogLine> {
    return this.engine.logs(this.state.id, { signal: this.runtime.signal, ...request });
  }

  async lastLines(count: number): Promise<readonly string[]> {
    const lines: string[] = [];
    for await (const { text } of this.log({ follow: false, tail: count })) {
      lines.push(text);
    }
    return lines;
  }

  async serviceFindings(): Promise<readonly ServiceFinding[]> {
    if (this.foreign || this.phase !== 'up') {
      return [];
    }
    const command = ['node', CHECK_PROGRAM, JSON.stringify({ task: 'check-services' })];
    const printed = await this.engine.runInContainer(this.state.id, command, this.runtime.signal);
    const response = MaintenanceResponse.parse(JSON.parse(printed));
    if (response.ok) {
      return ServiceFindings.parse(JSON.parse(response.text));
    }
    throw CLI_ERRORS.maintenanceRefused({ what: response.message, advice: response.advice });
  }

  checkStop(): void {
    const unit = this.state.labels[SYSTEMD_UNIT];
    if (unit !== undefined) {
      throw CLI_ERRORS.runByOthers({
        name: this.state.name,
        by: `the service ${unit}`,
        advice: `Stop that: systemctl stop ${unit} (with --user for one of a user).`,
      });
    }
  }

  checkReplace(): void {
    if (!this.state.managed) {
      throw createdByOthers(this.state, 'which knows its settings.');
    }
  }

  async stop(timeoutSeconds: number): Promise<boolean> {
    const { id, managed } = this.state;
    const { signal } = this.runtime;
    await this.engine.stopContainer(id, timeoutSeconds, signal);
    if (managed) {
      await this.engine.removeContainer(id, signal);
    }
    return true;
  }

  predecessor({ timeoutSeconds }: StartSettings): Predecessor {
    const { runtime } = this;
    const probe = async (signal: AbortSignal): Promise<boolean> =>
      (await askDeployment(this, { ...runtime, signal })) !== undefined;
    return containerPredecessor(this.engine, this.state, { timeoutSeconds, signal: runtime.signal, probe });
  }
}
