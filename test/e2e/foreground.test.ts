import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { freePort } from '../support/free-port.ts';
import { BIN, makeFolder, shellEnvironment } from './surroundings.ts';

const MINUTE = 60_000;
const CREDENTIAL = 'admin@example.org:Amber-Lantern-3:org';

let folder: ReturnType<typeof makeFolder>;
let port = 0;
beforeEach(async () => {
  folder = makeFolder();
  port = await freePort();
});
afterEach(() => {
  folder.remove();
});

/** Starts the command through a program that runs another one, and resolves once the backend has logged `ready`. */
const startThrough = async (
  program: string,
  args: readonly string[],
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) => {
  const words = ['--start', '--local', '--port', String(port), '-f', folder.path, ...flags];
  const child = spawn(program, [...args, process.execPath, BIN, ...words], {
    env: { ...shellEnvironment(folder.path), NVFL_CREDENTIAL: CREDENTIAL, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.includes('"msg":"ready"')) {
      break;
    }
  }
  child.stdout.resume();
  return { child, lines, ended };
};

const health = async (): Promise<number> => (await fetch(`http://127.0.0.1:${port}/health`)).status;

/** The only child of a process, as the kernel lists it. */
const childOf = (pid: number | undefined): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());

test(
  'stays with --foreground, shows the log, and ends with 0 at SIGTERM',
  async () => {
    const { child, lines, ended } = await startThrough('env', ['NO_COLOR=1'], ['--foreground']);
    expect(lines).toContain('Started.');
    expect(await health()).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await expect(health()).rejects.toThrow('fetch failed');
  },
  MINUTE,
);

test(
  'stays by itself as the first process of a container',
  async () => {
    const namespace = ['--pid', '--fork', '--mount-proc', '--kill-child=SIGTERM'];
    const { child, ended } = await startThrough('unshare', namespace, []);
    expect(await health()).toBe(200);
    process.kill(childOf(child.pid), 'SIGTERM');
    expect(await ended).toEqual([0, null]);
    await expect(health()).rejects.toThrow('fetch failed');
  },
  MINUTE,
);

test(
  'ends with an error when its backend is killed',
  async () => {
    const { child, ended } = await startThrough('env', [], ['--foreground']);
    process.kill(childOf(child.pid), 'SIGKILL');
    expect(await ended).toEqual([1, null]);
  },
  MINUTE,
);

test(
  'takes admin and passphrase from the credentials of its service',
  async () => {
    const credentials = makeFolder();
    writeFileSync(join(credentials.path, 'cred'), `${CREDENTIAL}\n`);
    writeFileSync(join(credentials.path, 'passphrase'), 'Seven grey herons wait\n');
    const environment = { CREDENTIALS_DIRECTORY: credentials.path, NVFL_CREDENTIAL: '' };
    const { child, ended } = await startThrough('env', [], ['--foreground'], environment);
    const [email, password] = CREDENTIAL.split(':');
    const login = await fetch(`http://127.0.0.1:${port}/api/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    expect(login.status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    credentials.remove();
  },
  MINUTE,
);

/** Receives one datagram and prints it, as systemd would read a service's message. */
const RECEIVER = `import socket, sys
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind(sys.argv[1])
print(receiver.recv(1024).decode())`;

test(
  'tells systemd when the service is ready',
  async () => {
    const socket = join(folder.path, 'notify.sock');
    const receiver = spawn('python3', ['-c', RECEIVER, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
    while (!existsSync(socket)) {
      await sleep(20);
    }
    const received = text(receiver.stdout);
    const { child, ended } = await startThrough('env', [], ['--foreground'], { NOTIFY_SOCKET: socket });
    expect(await received).toContain('READY=1');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  },
  MINUTE,
);
