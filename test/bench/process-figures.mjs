// Memory and processor time of a process and its children, as Linux counts them.
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

const withChildren = (pid) => [
  pid,
  ...readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number).flatMap(withChildren),
  ),
];

const kib = (pid, key) =>
  Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(read(`/proc/${pid}/status`))?.[1] ?? 0);

/** Resident memory of a process and its children in MiB, and the highest of the process itself. */
export const memory = (pid) => ({
  now_mib: withChildren(pid).reduce((sum, one) => sum + kib(one, 'VmRSS'), 0) / 1024,
  peak_mib: kib(pid, 'VmHWM') / 1024,
});

/** Processor seconds that a process has used since it began, all threads. */
export const processorSeconds = (pid) => {
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
};

/** Resolves when a process has been idle for a second, or after `seconds`: then nothing is being made ahead. */
export const untilIdle = async (pid, seconds) => {
  const ends = Date.now() + seconds * 1000;
  let before = processorSeconds(pid);
  while (Date.now() < ends) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const now = processorSeconds(pid);
    if (now - before < 0.05) {
      return;
    }
    before = now;
  }
};
