import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Runtime } from '../../runtime.ts';

/** Where a service's file lies, and its unit. */
export interface ServicePlace {
  readonly file: string;
  /** Name of the unit that runs. */
  readonly unit: string;
  readonly user: boolean;
}

/** Finds the place of a service by systemd's and Podman's own rules. */
export const servicePlace = (
  name: string,
  { user, quadlet }: { readonly user: boolean; readonly quadlet: boolean },
  { environment, home }: Runtime,
): ServicePlace => {
  const configuration = environment['XDG_CONFIG_HOME'] ?? join(home, '.config');
  const folder = quadlet
    ? user
      ? join(configuration, 'containers', 'systemd')
      : '/etc/containers/systemd'
    : user
      ? join(configuration, 'systemd', 'user')
      : '/etc/systemd/system';
  const file = join(folder, `${name}.${quadlet ? 'container' : 'service'}`);
  return { file, unit: `${name}.service`, user };
};

/** @throws CliError `no_systemd`, `root_needed` */
export const requireSystemd = ({ user }: ServicePlace, { environment, uid }: Runtime): void => {
  const running = user
    ? existsSync(join(environment['XDG_RUNTIME_DIR'] ?? `/run/user/${uid ?? 0}`, 'systemd', 'private'))
    : existsSync('/run/systemd/system');
  if (!running) {
    throw CLI_ERRORS.noSystemd({ whose: user ? "This user's systemd" : 'systemd' });
  }
  if (!user && uid !== 0) {
    throw CLI_ERRORS.rootNeeded({});
  }
};

/** @throws CliError `service_failed` with what systemd said */
export const systemctl = async (
  place: ServicePlace,
  words: readonly string[],
  runtime: Runtime,
): Promise<void> => {
  const all = [...(place.user ? ['--user'] : []), ...words];
  const { failed, stderr, shortMessage } = await execa('systemctl', all, {
    reject: false,
    stdin: 'ignore',
    cancelSignal: runtime.signal,
  });
  if (failed) {
    const lines = stderr.split('\n').filter((line) => line !== '');
    const journal = `journalctl ${place.user ? '--user ' : ''}-u ${place.unit}`;
    throw CLI_ERRORS.serviceFailed(
      {
        what: `systemctl ${all.join(' ')}`,
        reason: lines[0] ?? shortMessage ?? 'no reason was given',
        journal,
      },
      { lines },
    );
  }
};
