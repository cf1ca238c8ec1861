import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

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

/** Podman's Docker-compatible service with images and containers of its own. */
export const startPodman = async (): Promise<{
  readonly host: string;
  stop(): Promise<void>;
}> => {
  const folder = await mkdtemp(join(tmpdir(), 'nvflare-podman-'));
  const conf = join(folder, 'containers.conf');
  const socket = join(folder, 'podman.sock');
  await writeFile(conf, CONF);
  const env = { ...process.env, CONTAINERS_CONF: conf };
  const places = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run')];
  const service = ['system', 'service', '--time=0', `unix://${socket}`];
  const child = spawn('podman', [...places, ...service], { env, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const until = Date.now() + 30_000;
  while (!existsSync(socket) && child.exitCode === null && Date.now() < until) {
    await sleep(50);
  }
  return {
    host: `unix://${socket}`,
    stop: async () => {
      spawnSync('podman', [...places, 'rm', '--all', '--force', '--time', '0'], { env });
      child.kill('SIGTERM');
      await ended;
      spawnSync('podman', [...places, 'system', 'reset', '--force'], { env });
      await rm(folder, { recursive: true, force: true });
    },
  };
};
