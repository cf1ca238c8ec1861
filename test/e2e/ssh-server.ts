import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/until.ts';

const SSHD = '/usr/sbin/sshd';

/** Why there can be no ssh server; undefined when there can. */
export const noSshServer = ((): string | undefined => {
  if (process.getuid?.() !== 0) {
    return 'only root runs an ssh server for root';
  }
  return existsSync(SSHD) ? undefined : 'openssh-server is not installed';
})();

/** An ssh server on this host, and a folder whose `ssh` knows its key. */
export interface SshServer {
  readonly port: number;
  /** Goes before all others in PATH. */
  readonly binFolder: string;
  stop(): Promise<void>;
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

/** Starts it with keys of its own; everything lies in the folder. */
export const startSshServer = async (folder: string): Promise<SshServer> => {
  const port = await freePort();
  const at = (name: string): string => join(folder, name);
  for (const name of ['host', 'user']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)]);
  }
  writeFileSync(at('authorized_keys'), readFileSync(at('user.pub')));
  const [kind, key] = readFileSync(at('host.pub'), 'utf8').split(' ');
  writeFileSync(at('known_hosts'), `[127.0.0.1]:${port} ${kind ?? ''} ${key ?? ''}\n`);
  const serverLines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${at('host')}`,
    `AuthorizedKeysFile ${at('authorized_keys')}`,
    `PidFile ${at('sshd.pid')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
  ];
  writeFileSync(at('sshd_config'), `${serverLines.join('\n')}\n`);
  const clientLines = [
    `UserKnownHostsFile ${at('known_hosts')}`,
    `IdentityFile ${at('user')}`,
    'IdentitiesOnly yes',
    'BatchMode yes',
  ];
  writeFileSync(at('ssh_config'), `${clientLines.join('\n')}\n`);
  mkdirSync(at('bin'));
  // ssh looks into the home folder of the account, whatever HOME says.
  writeFileSync(at('bin/ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F '${at('ssh_config')}' "$@"\n`);
  chmodSync(at('bin/ssh'), 0o755);
  mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const child = spawn(SSHD, ['-D', '-e', '-f', at('sshd_config')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  await until(async () => ((await listens(port)) ? true : undefined));
  return {
    port,
    binFolder: at('bin'),
    stop: async () => {
      child.kill();
      await ended;
    },
  };
};
