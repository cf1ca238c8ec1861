import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { openSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { tails } from './kit-logs.ts';
import { processesOf } from './processes.ts';
import { Terminal } from './terminal.ts';

const runFile = promisify(execFile);
const CONSOLE = resolve('test/fixtures/console.py');
/** More than the console's own limit; a slow machine takes minutes for what takes seconds elsewhere. */
const CALL_MS = 450_000;
const ASK_MS = 200;
const COMPLETED = 'FINISHED:COMPLETED';

const ApiResponse = z.object({
  sites: z.array(z.string()).optional(),
  status: z.string().optional(),
  done: z.boolean().optional(),
  error: z.string().optional(),
});
export type ApiResponse = z.infer<typeof ApiResponse>;

/** A script of a kit that runs in the foreground. */
export interface Foreground {
  readonly child: ChildProcess;
  /** Resolves to the exit code, or null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** NVIDIA's software of one release, run by the scripts of kits. */
export class Federation {
  readonly #environment: NodeJS.ProcessEnv;
  #started: readonly string[] = [];
  #foreground: readonly Foreground[] = [];

  /**
   * @param venv folder of the virtual environment
   * @param settings further environment variables of the scripts
   */
  constructor(venv: string, settings: NodeJS.ProcessEnv = {}) {
    this.#environment = {
      ...process.env,
      ...settings,
      PATH: `${join(venv, 'bin')}:${process.env['PATH'] ?? ''}`,
    };
  }

  /** Runs a script of a kit's startup folder, says yes to its questions, and gives what it printed. */
  async script(kit: string, name: string, ...args: readonly string[]): Promise<string> {
    const program = join(kit, 'startup', name);
    const running = runFile(program, args, { env: this.#environment, timeout: CALL_MS });
    running.child.stdin?.end('y\n');
    return (await running).stdout;
  }

  /** Starts a kit in the background. */
  async start(kit: string): Promise<void> {
    this.#noteStarted(kit);
    await this.script(kit, 'start.sh');
  }

  /** Starts a script that stays in the foreground; what it prints goes to foreground.log in the kit. */
  foreground(kit: string, name: string, ...args: readonly string[]): Foreground {
    this.#noteStarted(kit);
    const output = openSync(join(kit, 'foreground.log'), 'a');
    const child = spawn(join(kit, 'startup', name), args, {
      env: this.#environment,
      stdio: ['ignore', output, output],
    });
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    const started = { child, ended };
    this.#foreground = [...this.#foreground, started];
    return started;
  }

  /** Starts a script of a kit under a terminal. */
  terminal(kit: string, name: string): Terminal {
    return new Terminal(`'${join(kit, 'startup', name)}'`, this.#environment);
  }

  #noteStarted(kit: string): void {
    if (!this.#started.includes(kit)) {
      this.#started = [...this.#started, kit];
    }
  }

  /** One call of a console session, from a process of its own. */
  async console(kit: string, user: string, verb: string, ...args: readonly string[]): Promise<ApiResponse> {
    const { stdout } = await runFile('python3', [CONSOLE, kit, user, verb, ...args], {
      env: this.#environment,
      cwd: kit,
      timeout: CALL_MS,
    });
    return ApiResponse.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  }

  /** Submits a job and waits for its end; prints the ends of all kits' logs unless it completes. */
  async run(kit: string, user: string, job: string): Promise<ApiResponse> {
    const response = await this.console(kit, user, 'run', job);
    if (response.status !== COMPLETED) {
      process.stderr.write(`${tails(this.#started)}\n`);
    }
    return response;
  }

  /**
   * Waits until a condition holds.
   *
   * @param what the condition as a sentence, for the error
   * @throws Error with the ends of all kits' logs when it does not hold within `seconds`
   */
  async waitUntil(what: string, seconds: number, holds: () => boolean | Promise<boolean>): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!(await holds())) {
      if (Date.now() > end) {
        throw new Error(`not within ${seconds} s: ${what}\n${tails(this.#started)}`);
      }
      await new Promise((wake) => setTimeout(wake, ASK_MS));
    }
  }

  /** Ends whatever still runs in a folder: by the kits' scripts, then by force what those leave. */
  async stopAll(folder: string): Promise<void> {
    await Promise.allSettled(this.#started.map((kit) => this.script(kit, 'stop_fl.sh', '-y')));
    for (const { child, ended } of this.#foreground) {
      if (child.exitCode !== null || child.signalCode !== null) {
        continue;
      }
      child.kill('SIGKILL');
      await ended;
    }
    for (const pid of processesOf(folder)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself after it was listed.
      }
    }
  }

  /** Ends whatever still runs in a folder, and removes it. */
  async clear(folder: string): Promise<void> {
    await this.stopAll(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
