import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Runtime } from '../../runtime.ts';
import type { Deployment } from '../deployment.ts';
import { findProcess } from './process-deployment.ts';

/** Path of the backend's program in a command line; see spawnBackend. */
const ENTRY = /(?:^|\/)dist\/backend\/entry\/main\.js$/;

/** The folder that a process serves: the one it was started in. Undefined for other programs and other users. */
const folderOf = async (pid: string): Promise<string | undefined> => {
  try {
    const [, script = ''] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
    return ENTRY.test(script) ? await readlink(`/proc/${pid}/cwd`) : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The plain processes of this host that serve a project, as far as this user may see them. Only Linux tells; elsewhere
 * there are none.
 */
export const listProcesses = async (runtime: Runtime): Promise<readonly Deployment[]> => {
  if (runtime.platform !== 'linux') {
    return [];
  }
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const folders = new Set((await Promise.all(pids.map(folderOf))).filter((folder) => folder !== undefined));
  const found = await Promise.all(
    [...folders].sort().map((folder) => findProcess(folder, runtime).catch(() => undefined)),
  );
  return found.filter((deployment) => deployment !== undefined);
};
