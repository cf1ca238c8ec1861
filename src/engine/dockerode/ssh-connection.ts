import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import type { Endpoint } from '../endpoint.ts';

type SshEndpoint = Extract<Endpoint, { readonly kind: 'ssh' }>;

const CONNECT_SECONDS = 20;
const KEPT_CHARACTERS = 2000;

/** Describes what ssh said before it gave up. */
export class SshError extends Error {
  readonly code = 'ESSH';
}

const target = ({ host, user, port }: SshEndpoint): readonly string[] => [
  ...(user === undefined ? [] : ['-l', user]),
  ...(port === undefined ? [] : ['-p', String(port)]),
  '--',
  host,
];

/** The command on the other host that speaks to its engine over standard input and output. */
const remoteCommand = ({ path }: SshEndpoint): readonly string[] => [
  'docker',
  ...(path === undefined ? [] : ['--host', `unix://${path}`]),
  ...['system', 'dial-stdio'],
];

/** The standard input and output of ssh as one stream, which ends with what ssh said when it failed. */
class SshStream extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams;
  #said = '';

  constructor(child: ChildProcessWithoutNullStreams) {
    super({ allowHalfOpen: true });
    this.#child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-KEPT_CHARACTERS);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) {
        child.stdout.pause();
      }
    });
    // Its end is told by the child's, whose exit code says whether it was one.
    child.stdin.on('error', () => undefined);
    child.once('error', (error) => this.destroy(new SshError(error.message)));
    child.once('close', (code) => {
      if (code === 0 || code === null) {
        this.push(null);
      } else {
        const last = this.#said.trim().split('\n').at(-1)?.trim() ?? '';
        this.destroy(new SshError(last === '' ? `ssh ended with exit code ${code}` : last));
      }
    });
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#child.stdin.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.#child.stdin.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill();
    done(error);
  }
}

/** Opens each connection through the ssh command, with its configuration, keys and known hosts, as docker does. */
export class SshAgent extends Agent {
  readonly #endpoint: SshEndpoint;

  constructor(endpoint: SshEndpoint) {
    super({ keepAlive: false });
    this.#endpoint = endpoint;
  }

  override createConnection(): Duplex {
    const options = ['-o', `ConnectTimeout=${CONNECT_SECONDS}`, '-T'];
    const command = [...options, ...target(this.#endpoint), ...remoteCommand(this.#endpoint)];
    return new SshStream(spawn('ssh', command, { stdio: 'pipe' }));
  }
}

/** Returns the name or address behind a name of ssh's configuration, at which the host's ports are reached. */
export const resolveSshHost = async (endpoint: SshEndpoint): Promise<string> => {
  try {
    const { stdout } = await promisify(execFile)('ssh', ['-G', ...target(endpoint)]);
    return /^hostname (\S+)$/m.exec(stdout)?.[1] ?? endpoint.host;
  } catch {
    return endpoint.host;
  }
};
