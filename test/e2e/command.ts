import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import * as pty from 'node-pty';
import { BIN, shellEnvironment } from './surroundings.ts';

/** Describes the end of a command. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The command's script; default: the built one of the repository. */
  readonly bin?: string;
  /** The Node that runs it; default: the one of the tests. */
  readonly node?: string;
  /** As whom it runs; default: as the tests. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** Runs the command without a terminal. */
export const dashboard = (
  args: readonly string[],
  { cwd, environment = {}, bin = BIN, node = process.execPath, user }: CommandOptions,
): Promise<Ended> =>
  new Promise((done, reject) => {
    const child = spawn(node, [bin, ...args], {
      cwd,
      env: { ...shellEnvironment(cwd), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...user,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => {
      done({ exitCode: code ?? -1, stdout, stderr });
    });
  });

/** The command under a pseudo-terminal, with a person's eyes and hands. */
export class Terminal {
  readonly ended: Promise<number>;
  private readonly process: pty.IPty;
  private shown = '';
  private seen = 0;
  private wake: (() => void) | undefined;
  private over = false;

  constructor(args: readonly string[], { cwd, environment = {}, bin = BIN }: CommandOptions) {
    this.process = pty.spawn(process.execPath, [bin, ...args], {
      cwd,
      cols: 160,
      rows: 50,
      env: { ...shellEnvironment(cwd), ...environment },
    });
    this.process.onData((data) => {
      this.shown += data;
      this.wake?.();
    });
    this.ended = new Promise((done) => {
      this.process.onExit(({ exitCode }) => {
        this.over = true;
        this.wake?.();
        done(exitCode);
      });
    });
  }

  /** Everything shown so far, without colors and cursor movements. */
  get text(): string {
    return stripVTControlCharacters(this.shown);
  }

  /** Waits until this is shown, after what was waited for before. @throws Error when the command ends first */
  async see(expected: string): Promise<void> {
    for (;;) {
      const at = this.text.indexOf(expected, this.seen);
      if (at >= 0) {
        this.seen = at + expected.length;
        return;
      }
      if (this.over) {
        throw new Error(`"${expected}" was not shown, but:\n${this.text}`);
      }
      await new Promise<void>((done) => {
        this.wake = done;
      });
    }
  }

  type(text: string): void {
    this.process.write(text);
  }
}
