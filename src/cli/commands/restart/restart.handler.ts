import type { Handler } from '../../handler.ts';
import { findLocal } from '../../deployment/process/local-state.ts';
import { findDeployment } from '../../deployment/find-deployment.ts';
import { readStartSettings, readTargetSettings } from '../../settings/start-settings.ts';
import { checkStart } from '../start/check-start.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { usesOwnDatabase } from '../start/first-admin.ts';
import { startChecked } from '../start/start.handler.ts';
import { replaceDeployment } from './replace-deployment.ts';

/** `dashboard restart`: keeps what the running dashboard was started with, unless options say otherwise. */
export const restart: Handler = async (flags, _words, context) => {
  const { runtime } = context;
  const settings = await readStartSettings(flags, runtime);
  const target = await readTargetSettings(flags, runtime);
  const deployment = await findDeployment(target, runtime);
  if (deployment === undefined) {
    // By its name alone another dashboard is meant than the one of this folder.
    if (
      target.nameGiven &&
      !target.folderGiven &&
      (await findLocal(target.folder, runtime.platform)) !== undefined
    ) {
      throw CLI_ERRORS.notRunning({ what: target.name });
    }
    const checked = await checkStart(settings, context);
    // In a wrong folder a restart must not begin a project.
    if (!checked.surroundings.folder.hasDatabase && usesOwnDatabase(settings)) {
      throw CLI_ERRORS.notRunning({ what: settings.nameGiven ? settings.name : settings.folder });
    }
    return startChecked(checked, flags, context);
  }
  return replaceDeployment(deployment, flags, context);
};
