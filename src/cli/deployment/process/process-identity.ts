import { readFile } from 'node:fs/promises';

/** Field 22 of /proc/PID/stat (proc(5)), counted behind the command name, which may hold spaces. */
const START_TIME_FIELD = 19;

const fromProc = async (pid: number): Promise<string | undefined> => {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    return state === 'Z' || state === 'X' ? undefined : `${boot.trim()}/${fields[START_TIME_FIELD] ?? ''}`;
  } catch {
    return undefined;
  }
};

const fromPs = async (pid: number): Promise<string | undefined> => {
  try {
    const { execa } = await import('execa');
    const { stdout } = await execa('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() === '' ? undefined : stdout.trim();
  } catch {
    return undefined;
  }
};

/** Whether a process is suspended, by SIGSTOP or by a terminal; false where that cannot be seen. */
export const isSuspended = async (pid: number, platform: NodeJS.Platform): Promise<boolean> => {
  if (platform !== 'linux') {
    return false;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return /^[Tt] /.test(stat.slice(stat.lastIndexOf(')') + 2));
};

/**
 * When a process was started, as a text that no later process with the same number shares.
 *
 * @returns undefined when there is no such process, or only its remains
 */
export const processStart = (pid: number, platform: NodeJS.Platform): Promise<string | undefined> =>
  platform === 'linux' ? fromProc(pid) : fromPs(pid);
