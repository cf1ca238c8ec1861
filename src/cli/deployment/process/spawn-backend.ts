import { createWriteStream } from 'node:fs';
import { execa } from 'execa';
import type { Runtime } from '../../runtime.ts';

/** Describes the end of the backend's process. */
export interface BackendProcessEnd {
  readonly exitCode: number;
  /** Why the operating system did not start it; undefined when it ran. */
  readonly notStarted: string | undefined;
  /** A signal ended it, as it does where we stop it. */
  readonly killed: boolean;
}

/** The backend's process, as long as this one is its parent. */
export interface BackendProcess {
  /** Undefined when the operating system did not start it. */
  readonly pid: number | undefined;
  /** Undefined while it runs. */
  readonly end: () => BackendProcessEnd | undefined;
  /** Hands over standard input, once. */
  readonly sendSecrets: (frame: Uint8Array) => void;
  /** SIGTERM, and SIGKILL after so many milliseconds; resolves when it has ended. */
  readonly stop: (graceMs: number) => Promise<void>;
  /** Resolves when it has ended. */
  readonly finished: Promise<BackendProcessEnd>;
  /** Lets this process end before it. */
  readonly release: () => void;
}

/**
 * Starts the backend in a session of its own, so that it outlives this process and its terminal.
 *
 * @param logDescriptor file descriptor that gets what it prints
 */
export const spawnBackend = (
  entry: string,
  runtime: Runtime,
  options: {
    readonly cwd: string;
    readonly environment: NodeJS.ProcessEnv;
    readonly logDescriptor: number;
  },
): BackendProcess => {
  const { cwd, environment, logDescriptor } = options;
  // Never written to from here: it only carries the descriptor.
  const log = createWriteStream('', { fd: logDescriptor, autoClose: false });
  let ended: BackendProcessEnd | undefined;
  const child = execa(runtime.node, [entry], {
    cwd,
    env: environment,
    extendEnv: false,
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
    stdin: 'pipe',
    stdout: log,
    stderr: log,
  });
  const finished = child.then(({ exitCode, failed, signal, shortMessage }) => {
    const ran = exitCode !== undefined || signal !== undefined;
    ended = {
      exitCode: exitCode ?? 1,
      notStarted: failed && !ran ? shortMessage : undefined,
      killed: signal !== undefined,
    };
    return ended;
  });
  // A backend that ends at once closes the pipe; how it ended is told by its exit code.
  child.stdin.on('error', () => undefined);
  return {
    pid: child.pid,
    end: () => ended,
    finished,
    sendSecrets: (frame) => {
      child.stdin.end(frame);
    },
    stop: async (graceMs) => {
      if (ended === undefined) {
        child.kill('SIGTERM');
      }
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await finished;
      clearTimeout(timer);
    },
    release: () => {
      child.unref();
    },
  };
};
