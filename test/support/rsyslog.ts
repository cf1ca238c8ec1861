import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const PROGRAM = ['/usr/sbin/rsyslogd', '/sbin/rsyslogd'].find((path) => existsSync(path));

const Content = z.record(z.string(), z.unknown());

export const hasRsyslog = (): boolean => PROGRAM !== undefined;

/** Describes what a receiver wrote of a message: its header fields, its data and its content. */
export interface ReceivedMessage {
  readonly priority: string;
  readonly app: string;
  readonly id: string;
  readonly data: string;
  readonly content: Readonly<Record<string, unknown>>;
}

export interface Rsyslog {
  readonly received: () => readonly ReceivedMessage[];
  readonly stop: () => Promise<void>;
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

const configuration = (folder: string, port: number, tls: boolean): string => `
global(workDirectory="${folder}" maxMessageSize="64k"${
  tls
    ? ` defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="${folder}/cert/web.crt"
  defaultNetstreamDriverCertFile="${folder}/cert/web.crt" defaultNetstreamDriverKeyFile="${folder}/cert/web.key"`
    : ''
})
module(load="imtcp"${tls ? ' streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="anon"' : ''})
template(name="fields" type="string" string="%PRI%|%APP-NAME%|%MSGID%|%STRUCTURED-DATA%|%msg%\\n")
ruleset(name="kept") { action(type="omfile" file="${folder}/received" template="fields") }
input(type="imtcp" port="${port}" address="127.0.0.1" ruleset="kept")
`;

/** Starts Debian's rsyslog as a receiver on a port, with its files in a folder. */
export const startRsyslog = async (folder: string, port: number, tls: boolean): Promise<Rsyslog> => {
  const file = join(folder, 'rsyslog.conf');
  writeFileSync(file, configuration(folder, port, tls));
  const child: ChildProcess = spawn(
    PROGRAM ?? 'rsyslogd',
    ['-n', '-f', file, '-i', join(folder, 'rsyslog.pid')],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  while (!(await listens(port))) {
    if (child.exitCode !== null) {
      throw new Error(`rsyslogd ended with ${child.exitCode}`);
    }
    await pause(50);
  }
  return {
    received: () => {
      const path = join(folder, 'received');
      const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
      return lines.map((line) => {
        const [priority = '', app = '', id = '', data = '', ...content] = line.split('|');
        return { priority, app, id, data, content: Content.parse(JSON.parse(content.join('|'))) };
      });
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
};
