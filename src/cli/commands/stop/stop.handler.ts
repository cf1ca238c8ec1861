import { auditHeadText } from '../../../contract/audit-head.ts';
import { readHead } from '../audit/read-head.ts';
import { CliError } from '../../errors/cli-error.ts';
import { requireFolder } from '../../folder/inspect-folder.ts';
import { findEngine } from '../../deployment/container/find-engine.ts';
import type { Handler } from '../../handler.ts';
import { askDeploymentTrouble } from '../../deployment/ask-deployment.ts';
import { findDeployment, findOptionalEngine } from '../../deployment/find-deployment.ts';
import { findEnded, removeLocalState } from '../../deployment/process/local-state.ts';
import { stopDeployment } from '../../deployment/stop-deployment.ts';
import type { Report } from '../../output/output.ts';
import type { Runtime } from '../../runtime.ts';
import { readTargetSettings, type TargetSettings } from '../../settings/start-settings.ts';

const nothing = (what: string): Report => ({
  data: { state: 'not running' },
  lines: [`No dashboard is running${what}.`],
});

/** A plain process that has ended already loses its settings, as one that is stopped does. */
const forgetEnded = async (
  { folder, folderGiven, nameGiven, local }: TargetSettings,
  { platform }: Runtime,
): Promise<void> => {
  if ((!nameGiven || folderGiven || local) && (await findEnded(folder, platform)) !== undefined) {
    await removeLocalState(folder);
  }
};

/** Returns what kept a dashboard from being found, where that is worth a word. */
const explainAbsence = async (
  { name, folder, folderGiven, local, engineOptional }: TargetSettings,
  runtime: Runtime,
): Promise<Report> => {
  if (local) {
    // Nothing runs in a folder that was mistyped, but nobody meant that.
    await requireFolder(folder);
    return nothing(` in ${folder}`);
  }
  const engine = engineOptional ? await findOptionalEngine(runtime) : await findEngine(runtime);
  const state = await engine?.inspectContainer(name, runtime.signal);
  if (state === undefined) {
    if (folderGiven) {
      await requireFolder(folder);
    }
    return nothing(folderGiven ? ` for ${folder}` : '');
  }
  return state.managed
    ? nothing(` for ${folder}: ${name} serves ${state.folder ?? 'another folder'}, and stays as it is`)
    : nothing(`: the container ${name} was not created by this command, and stays as it is`);
};

const whereabouts = (folder: string | undefined, moved: boolean): string =>
  moved
    ? `The database file in ${folder ?? 'its folder'} was moved, deleted or replaced while it ran.`
    : `The project stays in ${folder ?? 'its folder'}.`;

/** Where the audit log ends; nothing where the database cannot be read from here. */
const auditHeadOf = async (folder: string | undefined, runtime: Runtime): Promise<string | undefined> => {
  if (folder === undefined) {
    return undefined;
  }
  try {
    return auditHeadText(await readHead(folder, runtime));
  } catch (error) {
    if (error instanceof CliError) {
      return undefined;
    }
    throw error;
  }
};

/** `dashboard stop`: ends the dashboard of a folder or name; not running is no failure. */
export const stop: Handler = async (flags, _words, context) => {
  const { runtime } = context;
  const settings = await readTargetSettings(flags, runtime);
  const deployment = await findDeployment(settings, runtime);
  if (deployment === undefined) {
    await forgetEnded(settings, runtime);
    return explainAbsence(settings, runtime);
  }
  const trouble = deployment.phase === 'up' ? await askDeploymentTrouble(deployment, runtime) : undefined;
  await stopDeployment(deployment, settings.timeoutSeconds, context);
  const { kind, folder, facts } = deployment;
  const head = await auditHeadOf(folder, runtime);
  return {
    data: {
      state: 'stopped',
      kind,
      ...(facts.name === undefined ? {} : { name: facts.name }),
      folder,
      ...(head === undefined ? {} : { audit_head: head }),
    },
    lines: [
      `Stopped. ${whereabouts(folder, trouble?.code === 'database_moved')}`,
      ...(head === undefined ? [] : [`Audit log: ${head}`]),
    ],
  };
};
