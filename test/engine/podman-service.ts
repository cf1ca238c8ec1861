import { spawn, spawnSync } from 'node:child_process';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineResponds } from './engine-responds.ts';
import type { RootlessUser } from './rootless-user.ts';

/** Why Podman cannot be tried here; undefined when it can. */
export const noPodman = ((): string | undefined => {
  if (process.getuid?.() !== 0) {
    return 'Podman is tried as root only';
  }
  const { status } = spawnSync('podman', ['--version']);
  return status === 0 ? undefined : 'podman is not installed';
})();

const CONF = `[engine]
cgroup_manager="cgroupfs"
events_logger="file"
runtime="runc"
[containers]
default_ulimits=["nofile=1024:1024","nproc=1024:1024"]
`;

/**
 * Podman's Docker-compatible service with images and containers of its own.
 *
 * @param user whose rootless Podman it is; default: root's
 */
export const startPodman = async (
  user?: RootlessUser,
): Promise<{
  readonly host: string;
  stop(): Promise<void>;
}> => {
  const folder = await mkdtemp(join(tmpdir(), 'nvflare-podman-'));
  const conf = join(folder, 'containers.conf');
  const socket = join(folder, 'podman.sock');
  await writeFile(conf, CONF);
  const { uid, gid } = user ?? {};
  const as = { cwd: folder, ...(user === undefined ? {} : { uid, gid }) };
  const env = {
    ...process.env,
    CONTAINERS_CONF: conf,
    ...(user === undefined ? {} : { HOME: user.home, XDG_RUNTIME_DIR: user.runtimeFolder }),
  };
  if (user !== undefined) {
    await chown(folder, user.uid, user.gid);
  }
  const places = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run')];
  const service = ['system', 'service', '--time=0', `unix://${socket}`];
  const child = spawn('podman', [...places, ...service], { ...as, env, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  await engineResponds(child, socket);
  return {
    host: `unix://${socket}`,
    stop: async () => {
      spawnSync('podman', [...places, 'rm', '--all', '--force', '--time', '0'], { ...as, env });
      child.kill('SIGTERM');
      await ended;
      spawnSync('podman', [...places, 'system', 'reset', '--force'], { ...as, env });
      await rm(folder, { recursive: true, force: true });
    },
  };
};
