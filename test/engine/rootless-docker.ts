import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { engineResponds } from './engine-responds.ts';
import type { RootlessUser } from './rootless-user.ts';

const SCRIPTS = '/usr/share/docker.io/contrib';

/** A Docker engine of a user without root, with images and containers of its own. */
export const startRootlessDocker = async ({
  uid,
  gid,
  home,
  runtimeFolder,
}: RootlessUser): Promise<{ readonly host: string; readonly stop: () => Promise<void> }> => {
  const socket = join(home, 'docker.sock');
  const options = ['--data-root', join(home, 'docker'), '--pidfile', join(home, 'docker.pid')];
  const child = spawn('dockerd-rootless.sh', [...options, '-H', `unix://${socket}`], {
    cwd: home,
    env: {
      HOME: home,
      XDG_RUNTIME_DIR: runtimeFolder,
      PATH: `/usr/sbin:/sbin:/usr/bin:/bin:${SCRIPTS}`,
    },
    uid,
    gid,
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  await engineResponds(child, socket);
  return {
    host: `unix://${socket}`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
