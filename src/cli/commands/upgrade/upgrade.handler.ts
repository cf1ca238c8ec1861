import { join } from 'node:path';
import { askDeployment } from '../../deployment/ask-deployment.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { findDeployment } from '../../deployment/find-deployment.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { mayCopy } from '../../folder/project-copy.ts';
import type { CommandContext, Handler } from '../../handler.ts';
import { packageVersion } from '../../package-version.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';
import { backup } from '../backup/backup.handler.ts';
import { replaceDeployment } from '../restart/replace-deployment.ts';

const versionOf = async (deployment: Deployment, { runtime }: CommandContext): Promise<string | undefined> =>
  (await askDeployment(deployment, runtime))?.condition?.version;

/** Whether what runs is what this package would start. */
const isCurrent = async (
  deployment: Deployment,
  version: string | undefined,
  { runtime }: CommandContext,
): Promise<boolean> => {
  const { packageRoot } = runtime;
  return version === packageVersion(packageRoot) && (await deployment.isBuildOf(packageRoot));
};

/** Backs the project up beside its database. @returns the archive's path; undefined where it cannot be read here */
const backUp = async (deployment: Deployment, context: CommandContext): Promise<string | undefined> => {
  const { runtime, output } = context;
  const { folder } = deployment;
  if (folder === undefined || !(await mayCopy(folder))) {
    output.warn('the project cannot be copied from here: it is upgraded without a backup.');
    return undefined;
  }
  const time = runtime.now().toISOString().replaceAll(/[-:.]/g, '').slice(0, 18);
  const file = join(folder, `before-upgrade-${time}Z.tar.gz`);
  // Beside the database itself, which holds the same.
  await backup({ folder, encrypt: false }, [file], context);
  return file;
};

/**
 * `dashboard upgrade`: backup, trial run on a copy of the project, change, check; the previous version comes back with
 * its data when the new one does not get ready.
 */
export const upgrade: Handler = async (flags, _words, context) => {
  const { runtime } = context;
  const settings = await readTargetSettings(flags, runtime);
  const deployment = await findDeployment(settings, runtime);
  if (deployment === undefined) {
    throw CLI_ERRORS.notRunning({ what: settings.nameGiven ? settings.name : settings.folder });
  }
  deployment.checkReplace();
  const from = await versionOf(deployment, context);
  if (flags['image'] === undefined && (await isCurrent(deployment, from, context))) {
    return {
      data: { state: 'current', version: from },
      lines: [`The dashboard already runs this version, ${from ?? ''}.`],
    };
  }
  const archive = await backUp(deployment, context);
  const report = await replaceDeployment(deployment, flags, context);
  const successor = await findDeployment(settings, runtime);
  const to = successor === undefined ? undefined : await versionOf(successor, context);
  return {
    ...report,
    data: { ...report.data, state: 'upgraded', from, to, backup: archive },
    lines: [
      `Upgraded from ${from ?? 'an unknown version'} to ${to ?? 'an unknown version'}.`,
      ...report.lines.slice(1),
      ...(archive === undefined
        ? []
        : [`  Backup: ${archive} (it holds keys: keep it private, or delete it)`]),
    ],
  };
};
