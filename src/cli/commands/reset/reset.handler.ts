import { join } from 'node:path';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { inspectFolder } from '../../folder/inspect-folder.ts';
import { readDatabaseMarker } from '../../folder/project-database.ts';
import { setAside } from '../../folder/set-aside.ts';
import type { Handler } from '../../handler.ts';
import { findDeployment, refuseWhileServed } from '../../deployment/find-deployment.ts';
import { stopDeployment } from '../../deployment/stop-deployment.ts';
import { isAttended } from '../../runtime.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';

/** `dashboard reset`: nothing is deleted; the old database can be moved back. */
export const reset: Handler = async (flags, _words, context) => {
  const { runtime } = context;
  const settings = await readTargetSettings(flags, runtime);
  const marker = await readDatabaseMarker(settings.folder);
  if (marker?.engine === 'postgres') {
    throw CLI_ERRORS.resetElsewhere({ folder: settings.folder, address: marker.address });
  }
  const { hasDatabase } = await inspectFolder(settings.folder, runtime.uid);
  const deployment = await findDeployment({ ...settings, folderGiven: true }, runtime);
  if (!hasDatabase && deployment === undefined) {
    return { data: { state: 'unchanged' }, lines: [`${settings.folder} holds no database.`] };
  }
  if (!settings.yes) {
    if (!isAttended(runtime)) {
      throw CLI_ERRORS.inputMissing({
        what: `There is no terminal to ask whether the project in ${settings.folder} may be set aside.`,
        advice: 'Add --yes.',
      });
    }
    const { askConfirmation } = await import('../../prompts/prompts.ts');
    const question = `Stop the dashboard and set the project in ${settings.folder} aside?`;
    if (!(await askConfirmation(runtime, question))) {
      return { data: { state: 'unchanged' }, lines: ['Nothing was changed.'] };
    }
  }
  if (deployment !== undefined) {
    await stopDeployment(deployment, settings.timeoutSeconds, context);
  }
  await refuseWhileServed(settings, runtime);
  const moved = await setAside(join(settings.folder, 'db.sqlite'), runtime.now());
  return moved === undefined
    ? { data: { state: 'unchanged' }, lines: [`${settings.folder} holds no database.`] }
    : { data: { state: 'reset', backup: moved }, lines: [`The project was set aside as ${moved}.`] };
};
