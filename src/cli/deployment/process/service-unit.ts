import { readFile } from 'node:fs/promises';
import type { Runtime } from '../../runtime.ts';

/** The service of systemd that runs a dashboard. */
export interface ServiceUnit {
  readonly name: string;
  /** Of a user instead of the system. */
  readonly user: boolean;
}

/** Finds the unit in the control groups of one of its processes. Pure. */
export const unitIn = (cgroups: string): ServiceUnit | undefined => {
  const paths = cgroups.split('\n').map((line) => line.split(':').slice(2).join(':'));
  const path = paths.find((each) => each.endsWith('.service'));
  const name = path?.split('/').at(-1);
  return path === undefined || name === undefined
    ? undefined
    : { name, user: /\/user@\d+\.service\//.test(path) };
};

/** The service whose own process this command is; undefined for any other process. */
export const findServiceUnit = async ({ environment, pid }: Runtime): Promise<ServiceUnit | undefined> => {
  if (environment['SYSTEMD_EXEC_PID'] !== String(pid)) {
    return undefined;
  }
  try {
    return unitIn(await readFile('/proc/self/cgroup', 'utf8'));
  } catch {
    // Without /proc it cannot be told.
    return undefined;
  }
};
