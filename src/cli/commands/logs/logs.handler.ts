import { z } from 'zod';
import { FAULTS } from '../../errors/faults.ts';
import type { Handler } from '../../handler.ts';
import { followFile } from '../../deployment/process/follow-file.ts';
import { localLogPath } from '../../deployment/process/local-state.ts';
import { findRunning } from '../../deployment/running.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';

const RawLogs = z.object({
  follow: z.boolean().optional(),
  json: z.boolean().optional(),
  tail: z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .optional(),
});

/** `dashboard logs`: what the backend wrote. */
export const logs: Handler = async (flags, _words, { runtime, output, signal }) => {
  const raw = RawLogs.safeParse(flags);
  if (!raw.success) throw FAULTS.usage({ what: '--tail takes a number of lines.', command: 'logs' });
  const { follow = false, json = false, tail } = raw.data;
  if (follow && json)
    throw FAULTS.usage({ what: '--follow and --json exclude each other.', command: 'logs' });
  const settings = readTargetSettings(flags, runtime);
  const running = await findRunning(settings, runtime);
  if (running === undefined)
    throw FAULTS.notRunning({ what: settings.folderGiven ? settings.folder : settings.name });
  const request = { follow, signal, ...(tail === undefined ? {} : { tail }) };
  const lines =
    running.kind === 'process'
      ? followFile(localLogPath(running.folder), request)
      : running.engine.logs(running.state.id, request);
  for await (const { text } of lines) output.line(text);
  return { data: {}, lines: [] };
};
