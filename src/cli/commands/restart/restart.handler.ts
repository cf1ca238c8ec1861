import type { Handler } from '../../handler.ts';
import { findRunning } from '../../deployment/running.ts';
import { readStartSettings, readTargetSettings } from '../../settings/start-settings.ts';
import { checkStart } from '../start/check-start.ts';
import { startChecked } from '../start/start.handler.ts';
import { replaceRunning } from './replace-running.ts';

/** `dashboard restart`: keeps what the running dashboard was started with, unless options say otherwise. */
export const restart: Handler = async (flags, _words, context) => {
  const { runtime } = context;
  const settings = readStartSettings(flags, runtime);
  const running = await findRunning(readTargetSettings(flags, runtime), runtime);
  if (running === undefined) return startChecked(await checkStart(settings, context), flags, context);
  return replaceRunning(running, flags, context);
};
