import { readFile, rm } from 'node:fs/promises';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Handler } from '../../handler.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';
import { MARK } from './service-plan.ts';
import { requireSystemd, servicePlace, systemctl } from './systemctl.ts';

/** `dashboard service uninstall`: ends the service and removes its file; one that is not there is no failure. */
export const uninstall: Handler = async (flags, _words, { runtime, output }) => {
  const { name } = await readTargetSettings(flags, runtime);
  const quadlet = flags['quadlet'] === true;
  const place = servicePlace(name, { user: flags['user'] === true, quadlet }, runtime);
  const present = await readFile(place.file, 'utf8').catch(() => undefined);
  if (present === undefined) {
    return {
      data: { state: 'not installed', file: place.file },
      lines: [`There is no service ${place.unit} (${place.file}).`],
    };
  }
  if (!present.startsWith(MARK)) {
    const advice = 'Remove it with the tool that wrote it.';
    throw CLI_ERRORS.fileUnusable({ path: place.file, reason: 'it was not written by this command', advice });
  }
  requireSystemd(place, runtime);
  output.step('Stopping the service …');
  await systemctl(place, quadlet ? ['stop', place.unit] : ['disable', '--now', place.unit], runtime);
  await rm(place.file, { force: true });
  await systemctl(place, ['daemon-reload'], runtime);
  return {
    data: { state: 'uninstalled', file: place.file, unit: place.unit },
    lines: [`Uninstalled: ${place.file}. The project stays in its folder.`],
  };
};
