import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { EXIT } from '../../exit-codes.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { CommandContext, Handler } from '../../handler.ts';
import { findEnded, type LocalState } from '../../deployment/process/local-state.ts';
import { findDeployment } from '../../deployment/find-deployment.ts';
import type { Report } from '../../output/output.ts';
import type { Runtime } from '../../runtime.ts';
import { parseFlags } from '../../settings/parse-flags.ts';
import { readTargetSettings, type TargetSettings } from '../../settings/start-settings.ts';
import { statusFacts } from './status-facts.ts';
import { statusReport } from './status.report.ts';

const RawStatus = z.object({ watch: z.boolean().optional(), json: z.boolean().optional() });
const WATCH_MS = 2000;
const CLEAR = '\u001b[H\u001b[2J';

/** A plain process that was killed; by its name alone a container is meant. */
const endedProcess = async (
  { folder, folderGiven, nameGiven, local }: TargetSettings,
  { platform }: Runtime,
): Promise<LocalState | undefined> =>
  nameGiven && !folderGiven && !local ? undefined : findEnded(folder, platform);

const look = async (settings: TargetSettings, context: CommandContext): Promise<Report> => {
  const { runtime } = context;
  const deployment = await findDeployment(settings, runtime);
  if (deployment !== undefined) {
    return statusReport(await statusFacts(deployment, runtime));
  }
  const { folder, name } = settings;
  const ended = await endedProcess(settings, context.runtime);
  if (ended !== undefined) {
    const { pid, port } = ended;
    return {
      data: { state: 'exited', kind: 'process', folder, port, pid },
      lines: [
        `The dashboard of ${folder} (process ${pid}) has ended without being stopped.`,
        'Look at `dashboard logs`, then run `dashboard start`.',
      ],
      exitCode: EXIT.failed,
    };
  }
  return {
    data: { state: 'not running', folder, name },
    lines: ['No dashboard is running.'],
    exitCode: EXIT.failed,
  };
};

/** Shows the status again and again until Ctrl-C; on a terminal in the same place. */
const watch = async (settings: TargetSettings, context: CommandContext): Promise<Report> => {
  const { runtime, output, signal } = context;
  for (;;) {
    const { lines } = await look(settings, context);
    const clear = runtime.stdout.isTTY === true ? CLEAR : '';
    output.line(`${clear}${lines.join('\n')}`);
    await wait(WATCH_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) {
      return { data: {}, lines: [] };
    }
  }
};

/** `dashboard status`: what runs, where, and whether it responds. */
export const status: Handler = async (flags, _words, context) => {
  const raw = parseFlags(RawStatus, flags);
  const settings = await readTargetSettings(flags, context.runtime);
  if (raw.watch !== true) {
    return look(settings, context);
  }
  if (raw.json === true) {
    throw CLI_ERRORS.usage({ what: '--watch and --json exclude each other.', command: 'status' });
  }
  return watch(settings, context);
};
