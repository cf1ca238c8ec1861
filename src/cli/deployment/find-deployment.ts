import { isUp, type Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { CliError } from '../errors/cli-error.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import { shellWord } from '../output/shell-word.ts';
import type { Runtime } from '../runtime.ts';
import type { TargetSettings } from '../settings/start-settings.ts';
import { ContainerDeployment } from './container/container-deployment.ts';
import { findEngine } from './container/find-engine.ts';
import type { Deployment } from './deployment.ts';
import { findLocal } from './process/local-state.ts';
import { findProcess } from './process/process-deployment.ts';

/** @returns undefined when there is no container of the name, or only somebody else's */
const findByName = async (
  engine: Engine,
  name: string,
  runtime: Runtime,
): Promise<Deployment | undefined> => {
  const state = await engine.inspectContainer(name, runtime.signal);
  return state?.dashboard === true ? new ContainerDeployment(state, engine, runtime) : undefined;
};

/** The container that serves a folder; one that runs comes first. */
const findByFolder = async (
  engine: Engine,
  folder: string,
  runtime: Runtime,
): Promise<Deployment | undefined> => {
  const all = await engine.listContainers(runtime.signal);
  const serving = all.filter((state) => state.folder === folder);
  const state = serving.find(isUp) ?? serving[0];
  return state === undefined ? undefined : new ContainerDeployment(state, engine, runtime);
};

/** @returns undefined where no engine responds: no container of it runs either */
export const findOptionalEngine = (runtime: Runtime): Promise<Engine | undefined> =>
  findEngine(runtime).catch((error: unknown) => {
    if (error instanceof EngineError && error.failure.code === 'engine_not_found') {
      return undefined;
    }
    throw error;
  });

const findContainer = async (
  { folder, folderGiven, name, nameGiven, engineOptional }: TargetSettings,
  runtime: Runtime,
): Promise<Deployment | undefined> => {
  const engine = engineOptional ? await findOptionalEngine(runtime) : await findEngine(runtime);
  if (engine === undefined) {
    return undefined;
  }
  const byFolder = nameGiven ? undefined : await findByFolder(engine, folder, runtime);
  if (byFolder !== undefined) {
    return byFolder;
  }
  const byName = await findByName(engine, name, runtime);
  const ofOther = folderGiven && byName?.folder !== undefined && byName.folder !== folder;
  return ofOther ? undefined : byName;
};

/** @throws whatever is no error of the catalogue */
const toCliErrorOnly = (error: unknown): CliError => {
  if (error instanceof CliError) {
    return error;
  }
  throw error;
};

/**
 * The dashboard that a command is about, running or not; docs/cli.md#which-dashboard states the order.
 *
 * @returns undefined when there is none, or only somebody else's container
 * @throws EngineError; CliError `permission_denied` when the folder cannot be looked into
 */
export const findDeployment = async (
  settings: TargetSettings,
  runtime: Runtime,
): Promise<Deployment | undefined> => {
  const { folder, folderGiven, nameGiven, local } = settings;
  const byNameAlone = nameGiven && !folderGiven && !local;
  // A folder that is closed to this user may be served by a container that is not.
  const process = byNameAlone ? undefined : await findProcess(folder, runtime).catch(toCliErrorOnly);
  if (process instanceof CliError) {
    const container = local ? undefined : await findContainer(settings, runtime);
    if (container === undefined) {
      throw process;
    }
    return container;
  }
  return process ?? (local ? undefined : findContainer(settings, runtime));
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
