import { type ChildProcess, spawn } from 'node:child_process';

const ASK_MS = 100;

/** A program under a terminal of its own, spoken to as a person does. */
export class Terminal {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  #screen = '';
  #seen = 0;

  /** @param command a shell word that names the program */
  constructor(command: string, env: NodeJS.ProcessEnv) {
    this.#child = spawn('script', ['-qfec', command, '/dev/null'], {
      env: { ...env, TERM: 'dumb' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#ended = new Promise((done) => this.#child.once('exit', done));
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#screen += chunk.toString();
    });
  }

  /**
   * Waits until the program shows something that it did not show before the last such wait.
   *
   * @throws Error with the whole screen when it does not within `seconds`
   */
  async shows(what: RegExp, seconds: number): Promise<void> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const found = what.exec(this.#screen.slice(this.#seen));
      if (found !== null) {
        this.#seen += found.index + found[0].length;
        return;
      }
      if (Date.now() > end) {
        throw new Error(`not within ${seconds} s: ${String(what)}\n${this.#screen}`);
      }
      await new Promise((wake) => setTimeout(wake, ASK_MS));
    }
  }

  /** Types a line. */
  type(line: string): void {
    this.#child.stdin?.write(`${line}\r`);
  }

  /** Resolves to the program's exit code. */
  async ended(): Promise<number | null> {
    return this.#ended;
  }

  /** Ends the program if it still runs. */
  async close(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGHUP');
    }
    await this.#ended;
  }
}
