import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { LogLine } from '../../../engine/engine.ts';
import { lineTime, readableLine } from '../../backend/log-line.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { CommandContext, Handler } from '../../handler.ts';
import { findDeployment } from '../../deployment/find-deployment.ts';
import { followLog } from '../../deployment/follow-log.ts';
import { followFile } from '../../deployment/process/follow-file.ts';
import { localLogPath } from '../../deployment/process/local-state.ts';
import { parseFlags } from '../../settings/parse-flags.ts';
import { readSince } from '../../settings/read-since.ts';
import { readTargetSettings, type TargetSettings } from '../../settings/start-settings.ts';

const RawLogs = z.object({
  follow: z.boolean().optional(),
  json: z.boolean().optional(),
  raw: z.boolean().optional(),
  since: z.string().optional(),
  tail: z.number().optional(),
});

/** Opens the log of what runs, or of a plain process that has ended in the folder. @throws CliError `not_running` */
const openLog = async (
  settings: TargetSettings,
  request: { readonly follow: boolean; readonly tail?: number },
  { runtime, output, signal }: CommandContext,
): Promise<AsyncIterable<LogLine>> => {
  const find = () => findDeployment(settings, runtime);
  const deployment = await find();
  if (deployment === undefined) {
    const left = localLogPath(settings.folder);
    if (!existsSync(left)) {
      throw CLI_ERRORS.notRunning({
        what: settings.folderGiven || settings.local ? settings.folder : settings.name,
      });
    }
    return followFile(left, { ...request, signal });
  }
  if (!request.follow) {
    return deployment.log({ ...request, signal });
  }
  const onEnd = (): void => {
    output.step('The dashboard has ended; waiting for its next start (Ctrl-C ends) …');
  };
  return followLog(deployment, { ...request, signal, find, onEnd });
};

/** `dashboard logs`: what the backend wrote. */
export const logs: Handler = async (flags, _words, context) => {
  const { runtime, output } = context;
  const { follow = false, json = false, raw = false, since, tail } = parseFlags(RawLogs, flags);
  if (follow && json) {
    throw CLI_ERRORS.usage({ what: '--follow and --json exclude each other.', command: 'logs' });
  }
  const from = since === undefined ? -Infinity : readSince(since, runtime.now());
  const request = { follow, ...(tail === undefined ? {} : { tail }) };
  const lines = await openLog(await readTargetSettings(flags, runtime), request, context);
  // A line without a time belongs to the one before it.
  let recent = since === undefined;
  for await (const { text } of lines) {
    const time = lineTime(text);
    if (time !== undefined) {
      recent = time >= from;
    }
    if (recent) {
      output.line(raw || json ? text : readableLine(text));
    }
  }
  return { data: {}, lines: [] };
};
