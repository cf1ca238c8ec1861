import { findEngine } from '../../deployment/container/find-engine.ts';
import type { CommandContext, Handler } from '../../handler.ts';
import { findLocal } from '../../deployment/process/local-state.ts';
import { stopProcess } from '../../deployment/process/stop-process.ts';
import type { Report } from '../../output/output.ts';
import { readTargetSettings, type TargetSettings } from '../../settings/start-settings.ts';

const nothing = (what: string): Report => ({
  data: { state: 'not running' },
  lines: [`No dashboard is running${what}.`],
});

const stopContainer = async (
  settings: TargetSettings,
  { runtime, output }: CommandContext,
): Promise<Report> => {
  const { name, folder, timeoutSeconds } = settings;
  const engine = await findEngine(runtime);
  const state = await engine.inspectContainer(name, runtime.signal);
  if (state === undefined) return nothing('');
  if (!state.ours) return nothing(`: the container ${name} is not a dashboard, and stays as it is`);
  if (settings.folderGiven && state.folder !== undefined && state.folder !== folder) {
    return nothing(` for ${folder}: ${name} serves ${state.folder}, and stays as it is`);
  }
  output.step('Stopping the dashboard …');
  await engine.stopContainer(state.id, timeoutSeconds, runtime.signal);
  await engine.removeContainer(state.id, runtime.signal);
  return {
    data: { state: 'stopped', kind: 'container', name, folder: state.folder },
    lines: [`Stopped. The project stays in ${state.folder ?? 'its folder'}.`],
  };
};

/** `dashboard stop`: ends the dashboard of a folder or name; not running is no failure. */
export const stop: Handler = async (flags, _words, context) => {
  const settings = readTargetSettings(flags, context.runtime);
  return stopTarget(settings, context);
};

/** Stops what is meant; a plain process in the folder comes before a container. @throws CliError, EngineError */
export const stopTarget = async (settings: TargetSettings, context: CommandContext): Promise<Report> => {
  const { runtime, output } = context;
  const { folder, timeoutSeconds } = settings;
  const local = await findLocal(folder, runtime.platform);
  if (local === undefined)
    return settings.local ? nothing(` in ${folder}`) : stopContainer(settings, context);
  output.step('Stopping the dashboard …');
  const gently = await stopProcess(folder, local, timeoutSeconds, runtime.platform);
  if (!gently) output.warn(`it did not end within ${timeoutSeconds} s and was killed.`);
  return {
    data: { state: 'stopped', kind: 'process', folder },
    lines: [`Stopped. The project stays in ${folder}.`],
  };
};
