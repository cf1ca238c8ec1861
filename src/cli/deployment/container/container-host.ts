import { CONTAINER, ENVIRONMENT } from '../../../contract/environment.ts';
import { encodeSecretFrame, type Secrets } from '../../../contract/secret-frame.ts';
import { isUp, type ContainerState, type Engine, type ImageState } from '../../../engine/engine.ts';
import { EngineError } from '../../../engine/errors.ts';
import { contextDigest } from './image-context/image-context.ts';
import {
  ENVIRONMENT_PREFIX,
  LABELS,
  specDifferences,
  type ContainerSpec,
  type SettingDifference,
} from '../../../engine/spec.ts';
import { loggedWarning } from '../../backend/logged-warning.ts';
import { isHealthy } from '../../backend/probe.ts';
import { backendError } from '../../errors/backend-error.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Host, SettingChange } from '../host.ts';
import { publishedAddress, shownHost, urlHost } from '../listen-address.ts';
import { maskedValue } from '../masked.ts';
import type { Deployment } from '../deployment.ts';
import { checkPortFree } from '../process/free-port.ts';
import type { Output } from '../../output/output.ts';
import { CliError } from '../../errors/cli-error.ts';
import { isNewer } from '../../newer-version.ts';
import { packageVersion } from '../../package-version.ts';
import type { Runtime } from '../../runtime.ts';
import type { StartDefaults, StartSettings } from '../../settings/start-settings.ts';
import { ContainerDeployment, settingsOf } from './container-deployment.ts';
import { predecessorName, removeForgotten } from './container-predecessor.ts';
import { containerSpec } from './container-spec.ts';
import { createdByOthers } from './created-by-others.ts';
import { ensureImage, isBuilt } from './ensure-image.ts';

const STOP_SECONDS = 30;
const LOG_MS = 2000;
const STARTING_MS = 30_000;
/** Errors that a look at the port from here shows; whether it may be opened is up to the engine. */
const BLOCKING: ReadonlySet<string> = new Set(['port_taken', 'address_unusable']);
const FOREIGN_IMAGE =
  'is of another program: its settings and passwords are plain environment, which `docker inspect` shows.';

/** Describes what a container is started with. */
export interface ContainerPlan {
  readonly settings: StartSettings;
  readonly scheme: 'http' | 'https';
  readonly owner: { readonly uid: number; readonly gid: number };
  /** Environment that everybody may see. */
  readonly environment: Readonly<Record<string, string>>;
  /** Address of this host to publish the port on; default all. */
  readonly address?: string;
}

/** Environment of another program's image, which knows no secrets on standard input. */
const openly = (secrets: Secrets): Readonly<Record<string, string>> => ({
  ...secrets.environment,
  ...(secrets.credential === undefined ? {} : { [ENVIRONMENT.credential]: secrets.credential }),
  ...(secrets.passphrase === undefined ? {} : { [ENVIRONMENT.passphrase]: secrets.passphrase }),
  ...(secrets.secretKey === undefined ? {} : { [ENVIRONMENT.secretKey]: secrets.secretKey }),
  ...(secrets.databaseUrl === undefined ? {} : { [ENVIRONMENT.databaseUrl]: secrets.databaseUrl }),
});

/** Only another program's image has these in its environment, and a start need not say them again. */
const isGivenOnce = (setting: string): boolean =>
  [ENVIRONMENT.credential, ENVIRONMENT.passphrase, ENVIRONMENT.secretKey]
    .map((name) => `${ENVIRONMENT_PREFIX}${name}`)
    .includes(setting);

/** @throws CliError for a container of this name that this command did not create for this folder */
const refuseOthers = (state: ContainerState, folder: string): void => {
  const { name, labels } = state;
  if (!state.managed) {
    throw labels[LABELS.image] === undefined
      ? CLI_ERRORS.nameTaken({ name })
      : createdByOthers(state, 'or choose another name and port for this one: --name NAME --port PORT.');
  }
  if (state.folder !== undefined && state.folder !== folder) {
    throw CLI_ERRORS.nameOfOtherProject({ name, folder: state.folder });
  }
};

/** Values of the environment are digests in the labels; the container itself has them. */
const toChange = (
  { setting, wanted, running }: SettingDifference,
  spec: ContainerSpec,
  state: ContainerState,
): SettingChange => {
  if (!setting.startsWith(ENVIRONMENT_PREFIX)) {
    const shown = (value: string | undefined): string | undefined => value?.replace(/^\*:/, '');
    return { setting, from: shown(running), to: shown(wanted) };
  }
  const name = setting.slice(ENVIRONMENT_PREFIX.length);
  return {
    setting: `environment ${name}`,
    from: maskedValue(name, running === undefined ? undefined : state.environment[name]),
    to: maskedValue(name, spec.environment[name]),
  };
};

/** Describes a running build that is not this package's. */
const otherBuild = (running: string | undefined, own: string): string => {
  if (running === undefined || running === own) {
    return 'it runs another build of this version; `dashboard restart` replaces it.';
  }
  return isNewer(running, own)
    ? `it runs version ${running}, which is newer than this command's ${own}.`
    : `it runs version ${running}; \`dashboard upgrade\` replaces it with version ${own}.`;
};

/** True while another command, which has just created the container, is about to start it. */
const isBeingStarted = ({ status, createdAt }: ContainerState, now: Date): boolean =>
  status === 'created' && now.getTime() - Date.parse(createdAt) < STARTING_MS;

/** The backend in a container. */
export class ContainerHost implements Host {
  readonly kind = 'container';
  readonly origin: string;
  readonly hostName: string;
  readonly hints: Host['hints'];
  private readonly engine: Engine;
  private readonly plan: ContainerPlan;
  private readonly runtime: Runtime;
  private readonly output: Output;
  private image: ImageState | undefined;
  private created: string | undefined;

  constructor(engine: Engine, plan: ContainerPlan, runtime: Runtime, output: Output) {
    const { name, port } = plan.settings;
    const { host, local } = engine.identity;
    const named = name === CONTAINER.name ? '' : ` --name ${name}`;
    this.engine = engine;
    this.plan = plan;
    this.runtime = runtime;
    this.output = output;
    const address = plan.address ?? publishedAddress(plan.environment);
    const reached = local && address !== undefined ? urlHost(address) : host;
    this.origin = `${plan.scheme}://${reached}:${port}`;
    this.hostName = local ? shownHost(address) : host;
    this.hints = { logs: `dashboard logs${named}`, stop: `dashboard stop${named}` };
  }

  get foreign(): boolean {
    return this.version === undefined;
  }

  get version(): string | undefined {
    return this.image?.dashboardVersion;
  }

  async existing(): Promise<Deployment | undefined> {
    const state = await this.ownState();
    return state === undefined || !isUp(state)
      ? undefined
      : new ContainerDeployment(state, this.engine, this.runtime);
  }

  async ended(): Promise<StartDefaults | undefined> {
    const state = await this.ownState();
    return state === undefined || isUp(state) || isBeingStarted(state, this.runtime.now())
      ? undefined
      : settingsOf(state);
  }

  async changes(): Promise<readonly SettingChange[]> {
    const state = await this.ownState();
    if (state === undefined) {
      return [];
    }
    if (isUp(state)) {
      await this.warnOfOlderBuild(state);
    }
    const foreign = state.labels[LABELS.image] === undefined;
    const spec = this.specFor(foreign, {}, this.plan.settings.image ?? state.image);
    return specDifferences(spec, state.labels)
      .filter(({ setting }) => !isGivenOnce(setting))
      .map((difference) => toChange(difference, spec, state));
  }

  async checkPort(): Promise<void> {
    const { settings, environment } = this.plan;
    const { port } = settings;
    const lowest = await this.engine.lowestPort();
    if (port < lowest) {
      throw CLI_ERRORS.portForbidden({ port, lowest });
    }
    if (!this.engine.identity.local) {
      return;
    }
    await checkPortFree(port, publishedAddress(environment)).catch((error: unknown) => {
      if (error instanceof CliError && BLOCKING.has(error.code)) {
        throw error;
      }
    });
  }

  async prepare(): Promise<void> {
    const { settings } = this.plan;
    this.image = await ensureImage(this.engine, settings, this.runtime, this.output);
    if (this.foreign) {
      this.output.warn(`the image ${settings.image ?? ''} ${FOREIGN_IMAGE}`);
    }
  }

  async launch(secrets: Secrets): Promise<void> {
    const { name } = this.plan.settings;
    const { signal } = this.runtime;
    const spec = this.specFor(this.foreign, secrets, this.image?.references[0] ?? '');
    const ended = await this.setEndedAside();
    try {
      this.created = await this.create(spec);
      const frame = spec.secretsOnStdin ? encodeSecretFrame(secrets) : undefined;
      await this.engine.startContainer(this.created, frame, signal);
      await this.engine.waitUntilReady(name, {
        probe: (aborted) => isHealthy(this.origin, this.foreign, aborted),
        timeoutSeconds: this.plan.settings.timeoutSeconds,
        signal,
      });
    } catch (error) {
      await this.withdraw();
      if (ended !== undefined) {
        // The next attempt finds the settings that this one found.
        await this.engine.renameContainer(ended, name);
      }
      throw this.explain(error);
    }
    if (ended !== undefined) {
      await this.engine.removeContainer(ended);
    }
  }

  async warnings(count: number): Promise<readonly string[]> {
    if (this.created === undefined) {
      return [];
    }
    const found: string[] = [];
    // The engine may take a moment to pass on what the backend wrote before it responded.
    const signal = AbortSignal.any([this.runtime.signal, AbortSignal.timeout(LOG_MS)]);
    for await (const { text } of this.engine.logs(this.created, { follow: true, signal })) {
      found.push(...[loggedWarning(this.onHost(text)) ?? []].flat());
      if (found.length >= count) {
        break;
      }
    }
    return found;
  }

  trialOn(folder: string, port: number): Host | undefined {
    if (!this.engine.identity.local) {
      return undefined;
    }
    const { settings } = this.plan;
    const trial: StartSettings = { ...settings, folder, port, name: `${settings.name}-trial`, restart: 'no' };
    const plan = { ...this.plan, settings: trial, address: '127.0.0.1' };
    const host = new ContainerHost(this.engine, plan, this.runtime, this.output);
    host.image = this.image;
    return host;
  }

  async withdraw(): Promise<void> {
    if (this.created === undefined) {
      return;
    }
    await this.engine.stopContainer(this.created, STOP_SECONDS);
    await this.engine.removeContainer(this.created);
    this.created = undefined;
  }

  /** The container of the name, running or not. @throws CliError when it is somebody else's */
  private async ownState(): Promise<ContainerState | undefined> {
    const { name, folder } = this.plan.settings;
    const state = await this.engine.inspectContainer(name, this.runtime.signal);
    if (state === undefined) {
      return undefined;
    }
    refuseOthers(state, folder);
    return state;
  }

  /** @throws CliError `being_started` when another command was quicker */
  private async create(spec: ContainerSpec): Promise<string> {
    const { signal } = this.runtime;
    try {
      return await this.engine.createContainer(spec, signal);
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'name_taken') {
        throw error;
      }
      const state = await this.engine.inspectContainer(spec.name, signal);
      if (state !== undefined) {
        refuseOthers(state, spec.folder.host);
      }
      throw CLI_ERRORS.beingStarted({ what: spec.name }, { cause: error });
    }
  }

  /** Renames the container of a dashboard of this name that has ended, until its successor works. @returns its id */
  private async setEndedAside(): Promise<string | undefined> {
    const { engine, plan, runtime } = this;
    const { name } = plan.settings;
    const state = await engine.inspectContainer(name, runtime.signal);
    // On the loopback address only a trial listens, and one that was killed may have left its container running.
    const trial = plan.address !== undefined;
    if (state !== undefined && !trial && isBeingStarted(state, runtime.now())) {
      throw CLI_ERRORS.beingStarted({ what: state.name });
    }
    if (state?.managed !== true || (!trial && isUp(state))) {
      return undefined;
    }
    if (trial) {
      await engine.removeContainer(state.id);
      return undefined;
    }
    await removeForgotten(engine, predecessorName(name), runtime.signal);
    await engine.renameContainer(state.id, predecessorName(name), runtime.signal);
    return state.id;
  }

  private async warnOfOlderBuild(state: ContainerState): Promise<void> {
    const { packageRoot } = this.runtime;
    if (this.plan.settings.image !== undefined || !isBuilt(packageRoot)) {
      return;
    }
    if (state.context !== (await contextDigest(packageRoot))) {
      this.output.warn(otherBuild(state.labels[LABELS.version], packageVersion(packageRoot)));
    }
  }

  private specFor(foreign: boolean, secrets: Secrets, reference: string): ContainerSpec {
    const { settings, owner, environment, address } = this.plan;
    return containerSpec({
      settings,
      owner,
      foreign,
      ...(address === undefined ? {} : { address }),
      reference: settings.image ?? reference,
      environment: foreign ? { ...environment, ...openly(secrets) } : environment,
      packageRoot: this.runtime.packageRoot,
    });
  }

  /** A line of the log with the folder as this host calls it; in JSON a path may have to be escaped. */
  private onHost(line: string): string {
    const { settings } = this.plan;
    const inside = settings.environment.get(ENVIRONMENT.webRoot) ?? CONTAINER.folder;
    const here = line.startsWith('{') ? JSON.stringify(settings.folder).slice(1, -1) : settings.folder;
    return line.replaceAll(inside, () => here);
  }

  private explain(error: unknown): unknown {
    if (!(error instanceof EngineError) || error.failure.code !== 'container_died' || this.foreign) {
      return error;
    }
    const { exitCode, lastLines, outOfMemory } = error.failure;
    const { folder, port } = this.plan.settings;
    const lines = lastLines.map((line) => this.onHost(line));
    return outOfMemory ? error : backendError({ exitCode, lastLines: lines, port, folder });
  }
}
