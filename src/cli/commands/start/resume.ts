import type { Host, SettingChange } from '../../deployment/host.ts';
import { endedProcess } from '../../deployment/process/process-deployment.ts';
import type { CommandContext, Flags } from '../../handler.ts';
import { divideEnvironment } from '../../settings/backend-environment.ts';
import { readStartSettings, type StartDefaults } from '../../settings/start-settings.ts';
import type { CheckedStart } from './check-start.ts';
import { openHost } from './open-host.ts';

/** A start, with the settings of a dashboard that ended and was never stopped where options leave them open. */
export interface Resumed {
  readonly host: Host;
  readonly checked: CheckedStart;
  /** Where these settings differ from those of the dashboard that ended; undefined: none ended. */
  readonly changes: readonly SettingChange[] | undefined;
}

const withDefaults = async (
  { surroundings, passphrase }: CheckedStart,
  defaults: StartDefaults,
  flags: Flags,
  { runtime }: CommandContext,
): Promise<CheckedStart> => {
  const settings = await readStartSettings(flags, runtime, defaults);
  const given = divideEnvironment(settings.environment);
  return { surroundings: { ...surroundings, settings, environment: given.plain }, passphrase, given };
};

/** By a foreground start a service is meant, which says everything each time. */
const ofProcess = async (
  { surroundings: { settings } }: CheckedStart,
  flags: Flags,
  { runtime }: CommandContext,
): Promise<StartDefaults | undefined> =>
  settings.foreground || flags['local'] === false ? undefined : endedProcess(settings.folder, runtime);

/**
 * Opens where a checked start is to happen. A dashboard that crashed, or went down with its host, is started again with
 * what it had; one that was stopped has no settings any more.
 *
 * @throws CliError, EngineError
 */
export const openResumed = async (
  checked: CheckedStart,
  flags: Flags,
  context: CommandContext,
): Promise<Resumed> => {
  const process = await ofProcess(checked, flags, context);
  const first = process === undefined ? checked : await withDefaults(checked, process, flags, context);
  const host = await openHost(first.surroundings, context);
  if (host.kind === 'process') {
    return { host, checked: first, changes: process === undefined ? undefined : await host.changes() };
  }
  const ended = await host.ended();
  if (ended === undefined) {
    return { host, checked: first, changes: undefined };
  }
  const resumed = await withDefaults(checked, ended, flags, context);
  const again = await openHost(resumed.surroundings, context);
  return { host: again, checked: resumed, changes: await again.changes() };
};
