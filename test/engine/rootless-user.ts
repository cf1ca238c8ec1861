import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../support/until.ts';

/** Through it slirp4netns connects a user's network with the host's. */
const TUN = '/dev/net/tun';
const NOBODY = 65_534;
const NEEDED = ['useradd', 'newuidmap', 'slirp4netns', 'rootlesskit'];

/** Why no engine can be tried without root here; undefined when one can. */
export const noRootless = ((): string | undefined => {
  if (process.getuid?.() !== 0) {
    return 'only root may add a user for it';
  }
  const missing = NEEDED.find((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0);
  if (missing !== undefined) {
    return `${missing} is not installed`;
  }
  if (!existsSync(TUN)) {
    return `there is no ${TUN}`;
  }
  const readable = spawnSync('test', ['-r', import.meta.filename], { uid: NOBODY, gid: NOBODY }).status === 0;
  return readable ? undefined : 'other users may not read this folder';
})();

/** Somebody who runs an engine without root. */
export interface RootlessUser {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  /** `$XDG_RUNTIME_DIR` */
  readonly runtimeFolder: string;
  /** Ends all processes of this user, and removes the user with all folders. */
  readonly remove: () => Promise<void>;
}

const must = (program: string, ...args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${program} failed: ${stderr}`);
  }
  return stdout;
};

/** Tells whether a UID is the user's own, or one of those that its containers may use. */
const ownedBy = (name: string, uid: number): ((other: number) => boolean) => {
  const ranges = readFileSync('/etc/subuid', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([owner]) => owner === name)
    .map(([, first, count]) => ({ first: Number(first), end: Number(first) + Number(count) }));
  return (other) => other === uid || ranges.some(({ first, end }) => other >= first && other < end);
};

/** Returns the processes, other than ended ones, whose UID is one of these. */
const processesOf = (isOwn: (uid: number) => boolean): readonly number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
        return isOwn(uid) && !/^State:\s+[XZ]/m.test(status);
      } catch {
        // Not a process, or one that has just ended.
        return false;
      }
    });

const endAll = async (isOwn: (uid: number) => boolean): Promise<void> => {
  await until(() => {
    const pids = processesOf(isOwn);
    for (const pid of pids) {
      process.kill(pid, 'SIGKILL');
    }
    return pids.length === 0;
  });
};

/** Adds a user with subordinate IDs, and what a log-in would create. */
export const addRootlessUser = (name: string): RootlessUser => {
  const home = mkdtempSync(join(tmpdir(), 'nvflare-rootless-'));
  must('useradd', '--home-dir', home, '--no-create-home', name);
  const uid = Number(must('id', '-u', name));
  const gid = Number(must('id', '-g', name));
  const isOwn = ownedBy(name, uid);
  const runtimeFolder = `/run/user/${uid}`;
  mkdirSync(runtimeFolder, { recursive: true, mode: 0o700 });
  for (const path of [home, runtimeFolder]) {
    chownSync(path, uid, gid);
  }
  // Open to everybody on any host; the /dev of a container may be stricter.
  const { mode } = statSync(TUN);
  chmodSync(TUN, 0o666);
  return {
    uid,
    gid,
    home,
    runtimeFolder,
    remove: async () => {
      chmodSync(TUN, mode & 0o777);
      await endAll(isOwn);
      must('userdel', name);
      rmSync(home, { recursive: true, force: true });
      rmSync(runtimeFolder, { recursive: true, force: true });
    },
  };
};
