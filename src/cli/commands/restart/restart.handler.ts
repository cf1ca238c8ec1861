import type { Handler } from '../../handler.ts';
import { findRunning } from '../../running.ts';
import { readStartSettings, type StartSettings } from '../../settings/start-settings.ts';
import { checkStart } from '../start/check-start.ts';
import { startChecked } from '../start/start.handler.ts';
import { stopTarget } from '../stop/stop.handler.ts';

/** `dashboard restart`: keeps folder, port and kind of what runs, unless options say otherwise. */
export const restart: Handler = async (flags, _words, context) => {
  const given = readStartSettings(flags, context.runtime);
  const running = await findRunning(given, context.runtime);
  const settings: StartSettings =
    running === undefined
      ? given
      : {
          ...given,
          folder: running.folder ?? given.folder,
          port: given.portGiven ? given.port : running.port,
          local: given.local || running.kind === 'process',
        };
  // What cannot start again is not stopped.
  const checked = await checkStart(settings, context);
  if (running !== undefined) await stopTarget({ ...settings, local: running.kind === 'process' }, context);
  return startChecked(checked, context);
};
