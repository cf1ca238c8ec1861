import { execFileSync } from 'node:child_process';

/** Pids of NVIDIA's programs, and of the scripts that keep them, whose command line names the folder. */
export const processesOf = (folder: string): readonly number[] =>
  execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder) && /nvflare|sub_start\.sh|gunicorn/.test(line))
    .map((line) => Number.parseInt(line.trim(), 10));

/** Ends all of a kit's processes at once, without a word to them: as when the machine loses its power. */
export const killAll = (folder: string): void => {
  for (const pid of processesOf(folder)) {
    process.kill(pid, 'SIGKILL');
  }
};
