import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/free-port.ts';

const PROGRAM = '/usr/sbin/haproxy';
const START_MS = 60_000;

const accepts = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

interface Haproxy {
  readonly port: number;
  /** From here on it takes everything and passes nothing on, as a network does that was cut. */
  readonly cut: () => void;
  readonly mend: () => void;
  readonly stop: () => Promise<void>;
}

/** @param configuration of everything but the defaults, for a port to listen on */
const start = async (
  mode: 'http' | 'tcp',
  configuration: (port: number) => readonly string[],
): Promise<Haproxy> => {
  if (!existsSync(PROGRAM)) {
    throw new Error('HAProxy is not installed');
  }
  const folder = mkdtempSync(join(tmpdir(), 'haproxy-'));
  const port = await freePort();
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(
    file,
    `defaults
  mode ${mode}
  retries 0
  timeout connect 2s
  timeout client 60s
  timeout server 60s
${configuration(port).join('\n')}
`,
  );
  const child = spawn(PROGRAM, ['-db', '-f', file], { stdio: 'ignore' });
  const ended = once(child, 'close');
  const until = Date.now() + START_MS;
  while (!(await accepts(port))) {
    if (Date.now() > until || child.exitCode !== null) {
      throw new Error('HAProxy did not start');
    }
    await pause(20);
  }
  return {
    port,
    cut: () => child.kill('SIGSTOP'),
    mend: () => child.kill('SIGCONT'),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
};

/**
 * Starts an HAProxy before backends, which asks GET /ready and repeats no request.
 *
 * @throws Error where HAProxy is not installed
 */
export const startHaproxy = async (
  ports: readonly number[],
): Promise<{ readonly origin: string; readonly stop: () => Promise<void> }> => {
  const { port, stop } = await start('http', (own) => [
    'frontend dashboard',
    `  bind 127.0.0.1:${own}`,
    '  default_backend replicas',
    'backend replicas',
    '  option httpchk GET /api/v1/ready',
    // As in deploy/: a replica that is slow once is not given up.
    '  timeout check 2s',
    '  default-server inter 300ms fall 3 rise 1',
    ...ports.map((each, index) => `  server replica${index} 127.0.0.1:${each} check`),
  ]);
  return { origin: `http://127.0.0.1:${port}`, stop };
};

/**
 * Starts an HAProxy before two database servers. It leads to the second one as soon as the first accepts no
 * connections, whether the second takes writes by then or not.
 *
 * @throws Error where HAProxy is not installed
 */
export const startDatabaseProxy = (primary: number, standby: number): Promise<Haproxy> =>
  start('tcp', (own) => [
    'listen database',
    `  bind 127.0.0.1:${own}`,
    '  default-server inter 200ms fall 1 rise 1 on-marked-down shutdown-sessions',
    `  server primary 127.0.0.1:${primary} check`,
    `  server standby 127.0.0.1:${standby} check backup`,
  ]);
