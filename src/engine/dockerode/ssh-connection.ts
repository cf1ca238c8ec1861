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
  #received = false;

  constructor(child: ChildProcessWithoutNullStreams) {
    super({ allowHalfOpen: true });
    this.#child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-KEPT_CHARACTERS);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      this.#received = true;
      if (!this.push(chunk)) {
        child.stdout.pause();
      }
    });
    // Broken pipes say nothing: that the child closed tells how it ended, and all that it printed is read by then.
    for (const pipe of [child.stdin, child.stdout, child.stderr]) {
      pipe.on('error', () => undefined);
    }
    child.once('error', (error) => this.destroy(new SshError(error.message)));
    child.once('close', (code, killedBy) => {
      if (code === 0 && this.#received) {
        this.push(null);
      } else {
        const last = this.#said.trim().split('\n').at(-1)?.trim() ?? '';
        const how = killedBy === null ? `with exit code ${code ?? ''}` : `by ${killedBy}`;
        this.destroy(new SshError(last === '' ? `ssh ended ${how}` : last));
      }
    });
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    // An error here comes before the reason is known, and would hide it.
    this.#child.stdin.write(chunk, () => {
      done();
    });
  }

  override _final(done: () => void): void {
    this.#child.stdin.end(() => {
      done();
    });
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill();
    done(error);
  }
}

/** Opens each connection through the ssh command, with its configuration, keys and known hosts, as docker does. */
export class SshAgent extends Agent {
  readonly #endpoint: SshEndpoint;
  readonly #program: string;

  constructor(endpoint: SshEndpoint, program = 'ssh') {
    super({ keepAlive: false });
    this.#endpoint = endpoint;
    this.#program = program;
  }

  override createConnection(): Duplex {
    const options = ['-o', `ConnectTimeout=${CONNECT_SECONDS}`, '-T'];
    const command = [...options, ...target(this.#endpoint), ...remoteCommand(this.#endpoint)];
    return new SshStream(spawn(this.#program, command, { stdio: 'pipe' }));
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
