import type { BackendCondition } from '../backend/probe.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import type { Runtime } from '../runtime.ts';
import type { TargetSettings } from '../settings/start-settings.ts';
import { askDeployment, type RespondingBackend } from './ask-deployment.ts';
import { findDeployment } from './find-deployment.ts';

/** The dashboard that a command is about. @throws CliError `not_running` unless it responds */
export const requireResponding = async (
  settings: TargetSettings,
  runtime: Runtime,
): Promise<RespondingBackend> => {
  const deployment = await findDeployment(settings, runtime);
  const responding = deployment === undefined ? undefined : await askDeployment(deployment, runtime);
  if (responding !== undefined) {
    return responding;
  }
  throw deployment === undefined || deployment.phase === 'exited'
    ? CLI_ERRORS.notRunning({
        what: settings.folderGiven || settings.local ? settings.folder : settings.name,
      })
    : deployment.silence();
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
