import { execa } from 'execa';
import type { Runtime } from '../../runtime.ts';

/**
 * Tells systemd that a service of `Type=notify` is ready (sd_notify(3)). The message goes through systemd-notify, since
 * Node has no datagram sockets of the Unix domain; the unit needs `NotifyAccess=all`.
 */
export const notifyReady = async ({ environment }: Runtime): Promise<void> => {
  const { NOTIFY_SOCKET } = environment;
  if (NOTIFY_SOCKET === undefined) {
    return;
  }
  await execa('systemd-notify', ['--ready'], { env: { NOTIFY_SOCKET }, reject: false });
};
