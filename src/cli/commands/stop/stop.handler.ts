import { auditHeadText } from '../../../contract/audit-head.ts';
import { readHead } from '../audit/read-head.ts';
import { CliError } from '../../errors/cli-error.ts';
import { findEngine } from '../../deployment/container/find-engine.ts';
import type { CommandContext, Handler } from '../../handler.ts';
import { askRunningTrouble, findOptionalEngine, findRunning } from '../../deployment/running.ts';
import { stopProcess } from '../../deployment/process/stop-process.ts';
import type { Running } from '../../deployment/running-dashboard.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Report } from '../../output/output.ts';
import type { Runtime } from '../../runtime.ts';
import { readTargetSettings, type TargetSettings } from '../../settings/start-settings.ts';

const nothing = (what: string): Report => ({
  data: { state: 'not running' },
  lines: [`No dashboard is running${what}.`],
});

/** Returns what kept a dashboard from being found, where that is worth a word. */
const explainAbsence = async (
  { name, folder, folderGiven, local, engineOptional }: TargetSettings,
  runtime: Runtime,
): Promise<Report> => {
  if (local) {
    return nothing(` in ${folder}`);
  }
  const engine = engineOptional ? await findOptionalEngine(runtime) : await findEngine(runtime);
  const state = await engine?.inspectContainer(name, runtime.signal);
  if (state === undefined) {
    return nothing(folderGiven ? ` for ${folder}` : '');
  }
  return state.ours
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
  const settings = await readTargetSettings(flags, context.runtime);
  return stopTarget(settings, context);
};

/** Set by Podman on containers that a unit of systemd runs, and would start again. */
const SYSTEMD_UNIT = 'PODMAN_SYSTEMD_UNIT';

/** @throws CliError `run_by_others` for a container that its service would start again at once */
const refuseService = (running: Running): void => {
  const unit = running.kind === 'container' ? running.state.labels[SYSTEMD_UNIT] : undefined;
  if (running.kind === 'container' && unit !== undefined) {
    throw CLI_ERRORS.runByOthers({
      name: running.state.name,
      by: `the service ${unit}`,
      advice: `Stop that: systemctl stop ${unit} (with --user for one of a user).`,
    });
  }
};

/** Stops the dashboard that is meant; see findRunning. @throws CliError, EngineError */
export const stopTarget = async (settings: TargetSettings, context: CommandContext): Promise<Report> => {
  const { runtime, output, signal } = context;
  const { timeoutSeconds } = settings;
  const running = await findRunning(settings, runtime);
  if (running === undefined) {
    return explainAbsence(settings, runtime);
  }
  refuseService(running);
  const trouble = await askRunningTrouble(running, runtime);
  output.step('Stopping the dashboard …');
  const { kind, folder } = running;
  if (running.kind === 'process') {
    const gently = await stopProcess(running.folder, running.state, timeoutSeconds, runtime.platform);
    if (!gently) {
      output.warn(`it did not end within ${timeoutSeconds} s and was killed.`);
    }
  } else {
    await running.engine.stopContainer(running.state.id, timeoutSeconds, signal);
    // One of another tool stays for that tool to start again.
    if (running.state.ours) {
      await running.engine.removeContainer(running.state.id, signal);
    }
  }
  const head = await auditHeadOf(folder, runtime);
  return {
    data: {
      state: 'stopped',
      kind,
      ...(running.kind === 'container' ? { name: running.state.name } : {}),
      folder,
      ...(head === undefined ? {} : { audit_head: head }),
    },
    lines: [
      `Stopped. ${whereabouts(folder, trouble?.code === 'database_moved')}`,
      ...(head === undefined ? [] : [`Audit log: ${head}`]),
    ],
  };
};
