import { ContainerHost } from '../../deployment/container/container-host.ts';
import { findEngine } from '../../deployment/container/find-engine.ts';
import type { ProjectFolder } from '../../folder/inspect-folder.ts';
import type { WebMode } from '../../folder/web-certificate.ts';
import type { CommandContext } from '../../handler.ts';
import type { Host } from '../../deployment/host.ts';
import { LocalHost } from '../../deployment/process/local-host.ts';
import { findLocal } from '../../deployment/process/local-state.ts';
import type { StartSettings } from '../../settings/start-settings.ts';

/** Facts found before anything is changed. */
export interface Surroundings {
  readonly settings: StartSettings;
  readonly folder: ProjectFolder;
  readonly web: WebMode;
  /** Environment that everybody may see. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Where the dashboard runs or is to run. A plain process that serves the folder already is found first: two backends
 * on one database are never started.
 */
export const openHost = async (
  { settings, folder, web, environment }: Surroundings,
  { runtime, output }: CommandContext,
): Promise<Host> => {
  const { scheme } = web;
  const running = await findLocal(settings.folder, runtime.platform);
  if (settings.local || running !== undefined) {
    return new LocalHost({ settings, scheme, environment }, runtime);
  }
  const engine = await findEngine(runtime);
  if (!engine.identity.local) {
    output.warn(`the engine runs on ${engine.identity.host}: ${settings.folder} means a folder there.`);
  }
  return new ContainerHost(engine, { settings, scheme, owner: folder.owner, environment }, runtime, output);
};
