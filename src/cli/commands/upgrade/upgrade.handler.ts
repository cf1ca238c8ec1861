import { join } from 'node:path';
import { contextDigest } from '../../deployment/container/image-context/image-context.ts';
import { askRunning, findRunning } from '../../deployment/running.ts';
import type { Running } from '../../deployment/running-dashboard.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { mayCopy } from '../../folder/project-copy.ts';
import type { CommandContext, Handler } from '../../handler.ts';
import { packageVersion } from '../../package-version.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';
import { backup } from '../backup/backup.handler.ts';
import { refuseServices, replaceRunning } from '../restart/replace-running.ts';

const versionOf = async (running: Running, { runtime }: CommandContext): Promise<string | undefined> =>
  (await askRunning(running, runtime))?.condition?.version;

/** Whether what runs is what this package would start. */
const isCurrent = async (
  running: Running,
  version: string | undefined,
  { runtime }: CommandContext,
): Promise<boolean> => {
  const { packageRoot } = runtime;
  if (version !== packageVersion(packageRoot)) {
    return false;
  }
  return running.kind === 'process' || running.state.context === (await contextDigest(packageRoot));
};

/** Backs the project up beside its database. @returns the archive's path; undefined where it cannot be read here */
const backUp = async (running: Running, context: CommandContext): Promise<string | undefined> => {
  const { runtime, output } = context;
  const { folder } = running;
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
  const running = await findRunning(settings, runtime);
  if (running === undefined) {
    throw CLI_ERRORS.notRunning({ what: settings.nameGiven ? settings.name : settings.folder });
  }
  refuseServices(running);
  const from = await versionOf(running, context);
  if (flags['image'] === undefined && (await isCurrent(running, from, context))) {
    return {
      data: { state: 'current', version: from },
      lines: [`The dashboard already runs this version, ${from ?? ''}.`],
    };
  }
  const archive = await backUp(running, context);
  const report = await replaceRunning(running, flags, context);
  const successor = await findRunning(settings, runtime);
  const to = successor === undefined ? undefined : await versionOf(successor, context);
  return {
    ...report,
    data: { ...report.data, state: 'upgraded', from, to, backup: archive },
    lines: [
      `Upgraded from ${from ?? 'another dashboard'} to ${to ?? 'another dashboard'}.`,
      ...report.lines.slice(1),
      ...(archive === undefined
        ? []
        : [`  Backup: ${archive} (it holds keys: keep it private, or delete it)`]),
    ],
  };
};
