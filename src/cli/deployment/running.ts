import { isUp, type ContainerState, type Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { LABELS } from '../../engine/spec.ts';
import type { Trust } from '../backend/request.ts';
import {
  askCondition,
  askTrouble,
  isHealthy,
  type BackendCondition,
  type BackendTrouble,
} from '../backend/probe.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import { findEngine } from './container/find-engine.ts';
import { inspectWebCertificate } from '../folder/web-certificate.ts';
import { singleAddress, urlHost } from './listen-address.ts';
import { findLocal } from './process/local-state.ts';
import type { Running } from './running-dashboard.ts';
import { shellWord } from '../output/shell-word.ts';
import type { Runtime } from '../runtime.ts';
import type { TargetSettings } from '../settings/start-settings.ts';

const DEFAULT_PORT = 443;

/** A container of this product as a dashboard. */
export const inContainer = (state: ContainerState, engine: Engine): Running => ({
  kind: 'container',
  folder: state.folder,
  port: state.port ?? DEFAULT_PORT,
  state,
  engine,
});

/** @returns undefined when there is no container of the name, or only somebody else's */
const findByName = async (
  engine: Engine,
  name: string,
  signal: AbortSignal,
): Promise<Running | undefined> => {
  const state = await engine.inspectContainer(name, signal);
  return state?.dashboard === true ? inContainer(state, engine) : undefined;
};

/** The container that serves a folder; one that runs comes first. */
const findByFolder = async (
  engine: Engine,
  folder: string,
  signal: AbortSignal,
): Promise<Running | undefined> => {
  const serving = (await engine.listContainers(signal)).filter((state) => state.folder === folder);
  const state = serving.find(isUp) ?? serving[0];
  return state === undefined ? undefined : inContainer(state, engine);
};

/** @returns undefined where no engine responds: no container of it runs either */
export const findOptionalEngine = (runtime: Runtime): Promise<Engine | undefined> =>
  findEngine(runtime).catch((error: unknown) => {
    if (error instanceof EngineError && error.failure.code === 'engine_not_found') {
      return undefined;
    }
    throw error;
  });

/**
 * The dashboard that a command is about, running or not; docs/cli.md#which-dashboard states the order.
 *
 * @returns undefined when there is none, or only somebody else's container
 * @throws EngineError
 */
export const findRunning = async (
  settings: TargetSettings,
  runtime: Runtime,
): Promise<Running | undefined> => {
  const { folder, folderGiven, name, nameGiven, local, engineOptional } = settings;
  const byNameAlone = nameGiven && !folderGiven && !local;
  const state = byNameAlone ? undefined : await findLocal(folder, runtime.platform);
  if (state !== undefined) {
    return { kind: 'process', folder, port: state.port, state };
  }
  if (local) {
    return undefined;
  }
  const engine = engineOptional ? await findOptionalEngine(runtime) : await findEngine(runtime);
  if (engine === undefined) {
    return undefined;
  }
  const { signal } = runtime;
  const byFolder = nameGiven ? undefined : await findByFolder(engine, folder, signal);
  if (byFolder !== undefined) {
    return byFolder;
  }
  const byName = await findByName(engine, name, signal);
  const ofOther = folderGiven && byName?.folder !== undefined && byName.folder !== folder;
  return ofOther ? undefined : byName;
};

/**
 * Makes sure that nobody has the folder's database open, whatever name the dashboard has.
 *
 * @param local only look for a plain process, ask no container engine
 * @throws CliError `must_be_stopped`
 */
export const refuseWhileServed = async (
  { folder, local }: TargetSettings,
  runtime: Runtime,
): Promise<void> => {
  if ((await findLocal(folder, runtime.platform)) !== undefined) {
    throw CLI_ERRORS.mustBeStopped({ folder, stop: `dashboard stop --local -f ${shellWord(folder)}` });
  }
  if (local) {
    return;
  }
  const engine = await findOptionalEngine(runtime);
  const containers = (await engine?.listContainers(runtime.signal)) ?? [];
  const serving = containers.find((state) => state.folder === folder && isUp(state));
  if (serving !== undefined) {
    throw CLI_ERRORS.mustBeStopped({ folder, stop: `dashboard stop --name ${serving.name}` });
  }
};

const isHere = (running: Running): boolean => running.kind === 'process' || running.engine.identity.local;

/** Where a dashboard responds, as it stands in a URL. */
const hostOf = (running: Running): string => {
  if (running.kind === 'process') {
    return urlHost(singleAddress(running.state.environment) ?? '127.0.0.1');
  }
  const { host, local } = running.engine.identity;
  return local && running.state.address !== undefined ? urlHost(running.state.address) : host;
};

/** Why the running dashboard cannot work; undefined when it can, or does not respond. */
export const askRunningTrouble = async (
  running: Running,
  runtime: Runtime,
): Promise<BackendTrouble | undefined> => {
  for (const scheme of ['https', 'http'] as const) {
    const trouble = await askTrouble(`${scheme}://${hostOf(running)}:${running.port}`, runtime.signal);
    if (trouble !== undefined) {
      return trouble;
    }
  }
  return undefined;
};

/** A dashboard that responds. */
export interface RespondingBackend {
  readonly origin: string;
  /** Undefined for an image that is not ours. */
  readonly condition: BackendCondition | undefined;
  /** Server that may get a password; undefined: none, as others could read it or pose as the dashboard. */
  readonly trust: Trust | undefined;
}

/** Over HTTPS the certificate decides; plain HTTP is trusted on this host only, and not where HTTPS was set up. */
const trustOf = async (running: Running, { protocol }: URL, now: Date): Promise<Trust | undefined> => {
  const folder = isHere(running) ? running.folder : undefined;
  const web =
    folder === undefined ? undefined : await inspectWebCertificate(folder, now).catch(() => undefined);
  if (protocol === 'https:') {
    return web?.scheme === 'https' ? { fingerprint: web.fingerprint } : 'chain';
  }
  return isHere(running) && web?.scheme !== 'https' ? 'anybody' : undefined;
};

/** Asks over HTTPS and HTTP; undefined when neither responds. */
export const askRunning = async (
  running: Running,
  runtime: Runtime,
): Promise<RespondingBackend | undefined> => {
  const foreign = running.kind === 'container' && running.state.labels[LABELS.image] === undefined;
  for (const scheme of ['https', 'http'] as const) {
    const origin = `${scheme}://${hostOf(running)}:${running.port}`;
    const condition = foreign ? undefined : await askCondition(origin, runtime.signal);
    const responses = foreign ? await isHealthy(origin, false, runtime.signal) : condition !== undefined;
    if (!responses) {
      continue;
    }
    const trust = await trustOf(running, new URL(origin), runtime.now());
    return { origin, condition, trust };
  }
  return undefined;
};

/** The dashboard that a command is about. @throws CliError `not_running` unless it responds */
export const requireResponding = async (
  settings: TargetSettings,
  runtime: Runtime,
): Promise<RespondingBackend> => {
  const running = await findRunning(settings, runtime);
  const responding = running === undefined ? undefined : await askRunning(running, runtime);
  if (responding === undefined) {
    throw CLI_ERRORS.notRunning({ what: settings.folderGiven ? settings.folder : settings.name });
  }
  return responding;
};

/** The same for what only our backend can do. @throws CliError `not_running`, `foreign_image` */
export const requireOurs = async (
  settings: TargetSettings,
  runtime: Runtime,
): Promise<RespondingBackend & { readonly condition: BackendCondition }> => {
  const { condition, ...responding } = await requireResponding(settings, runtime);
  if (condition === undefined) {
    throw CLI_ERRORS.foreignImage({});
  }
  return { ...responding, condition };
};
