import { ENVIRONMENT } from '../../../contract/environment.ts';
import { LABELS } from '../../../engine/spec.ts';
import { FAULTS } from '../../errors/faults.ts';
import type { Handler } from '../../handler.ts';
import { findRunning, type Running } from '../../deployment/running.ts';
import { readStartSettings, readTargetSettings } from '../../settings/start-settings.ts';
import { checkStart } from '../start/check-start.ts';
import { startChecked } from '../start/start.handler.ts';
import { replaceRunning } from './replace-running.ts';

/** Our backend's address of another database, as others may see it, stands in its environment without the password. */
const refuseWithoutPassword = (running: Running, given: ReadonlyMap<string, string>): void => {
  if (running.kind === 'container' && running.state.labels[LABELS.image] === undefined) return;
  const address = running.state.environment[ENVIRONMENT.databaseUrl];
  if (address === undefined || given.has(ENVIRONMENT.databaseUrl)) return;
  throw FAULTS.inputMissing({
    what: `The dashboard uses the database ${address}, and its password is kept nowhere; nothing was stopped.`,
    advice: `Say the address again: dashboard restart --env ${ENVIRONMENT.databaseUrl}=…`,
  });
};

/** `dashboard restart`: keeps what the running dashboard was started with, unless options say otherwise. */
export const restart: Handler = async (flags, _words, context) => {
  const { runtime } = context;
  const settings = readStartSettings(flags, runtime);
  const running = await findRunning(readTargetSettings(flags, runtime), runtime);
  if (running === undefined) return startChecked(await checkStart(settings, context), context);
  refuseWithoutPassword(running, settings.environment);
  return replaceRunning(running, flags, context);
};
