import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';
import { z } from 'zod';

const MAIN = fileURLToPath(new URL('../../dist/backend/entry/main.js', import.meta.url));
const START_MS = 30_000;
const STOP_MS = 15_000;
const POLL_MS = 5;
export const ADMIN = { email: 'admin@example.org', password: 'correct-horse-battery' } as const;
const PREFIX = '/api/v1';

/** Describes the start of a response. */
export interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** An answer of the backend; `json` is undefined for other content. */
export interface ApiResponse extends Head {
  readonly body: Buffer;
  readonly json: unknown;
}

/** Describes a request; the path is below the API's prefix. */
export interface Question {
  readonly method: string;
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = z.object({ port: z.number() }).parse(probe.address());
  probe.close();
  await once(probe, 'close');
  return port;
};

const jsonOf = (type: unknown, body: Buffer): unknown =>
  String(type).startsWith('application/json') ? JSON.parse(body.toString('utf8')) : undefined;

/** The built backend in a process of its own, which can be killed and started again on the same folder and port. */
export class BackendProcess {
  readonly folder: string;
  readonly port: number;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #secure: boolean;
  readonly #logInFolder: boolean;
  #client: Agent;
  #child: ChildProcess | undefined;
  #output = '';

  private constructor(folder: string, port: number, options: BackendOptions) {
    this.folder = folder;
    this.port = port;
    this.#environment = options.environment ?? {};
    this.#secure = options.secure ?? false;
    this.#logInFolder = options.logInFolder ?? false;
    this.#client = this.#connect();
  }

  /** A folder of its own and a free port; nothing runs yet. */
  static async prepare(options: BackendOptions = {}): Promise<BackendProcess> {
    const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'backend-')));
    return new BackendProcess(folder, await freePort(), options);
  }

  get url(): string {
    return `${this.#secure ? 'https' : 'http'}://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Returns what it has written since its last start, one JSON document a line. */
  get log(): string {
    return this.#output;
  }

  /** Starts it. @returns milliseconds until GET /ready answered 200 @throws Error when it ends or takes too long */
  async start(): Promise<number> {
    const began = performance.now();
    this.#output = '';
    const child = this.#spawn();
    while (!(await this.#isReady())) {
      if (child.exitCode !== null || performance.now() - began > START_MS) {
        await this.kill();
        throw new Error(`the backend did not start\n${this.#output}`);
      }
      await pause(POLL_MS);
    }
    return performance.now() - began;
  }

  /** Starts it and waits for its end. @returns the exit code */
  async startInVain(): Promise<number | null> {
    this.#output = '';
    const child = this.#spawn();
    const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
    await once(child, 'close');
    clearTimeout(timer);
    return child.exitCode;
  }

  /** Sends a signal. */
  signal(name: NodeJS.Signals): void {
    this.#child?.kill(name);
  }

  /** kill -9; resolves when the process is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks it to stop, and insists after 15 s. @returns the exit code */
  async stop(): Promise<number | null> {
    const child = this.#child;
    const timer = setTimeout(() => child?.kill('SIGKILL'), STOP_MS);
    await this.#end('SIGTERM');
    clearTimeout(timer);
    return child?.exitCode ?? null;
  }

  /** Ends it and removes its folder. */
  async remove(): Promise<void> {
    await this.kill();
    await this.#client.destroy();
    await rm(this.folder, { recursive: true, force: true });
  }

  /**
   * Asks the API.
   *
   * @param seen gets status and headers as soon as they are there, also of an answer that breaks off later
   * @throws what the connection ends in
   */
  async ask(
    { method, path: route, token, body, signal }: Question,
    seen?: (head: Head) => void,
  ): Promise<ApiResponse> {
    const response = await request(`${this.url}${PREFIX}${route}`, {
      method,
      dispatcher: this.#client,
      headers: {
        ...(token === undefined || token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const head = { status: response.statusCode, headers: response.headers };
    seen?.(head);
    const bytes = Buffer.from(await response.body.arrayBuffer());
    return {
      ...head,
      body: bytes,
      json: jsonOf(response.headers['content-type'], bytes),
    };
  }

  /** Logs in. @returns the token */
  async logIn(email: string = ADMIN.email, password: string = ADMIN.password): Promise<string> {
    const { json } = await this.ask({ method: 'POST', path: '/login', body: { email, password } });
    return z.object({ access_token: z.string() }).parse(json).access_token;
  }

  #spawn(): ChildProcess {
    const log = this.#logInFolder ? openSync(path.join(this.folder, 'dashboard.log'), 'a') : undefined;
    const child = spawn(process.execPath, [MAIN], {
      stdio: log === undefined ? ['ignore', 'pipe', 'pipe'] : ['ignore', log, log],
      env: {
        PATH: process.env['PATH'],
        NVFL_WEB_ROOT: this.folder,
        NVFL_WEB_HOST: '127.0.0.1',
        NVFL_WEB_PORT: String(this.port),
        NVFL_CREDENTIAL: `${ADMIN.email}:${ADMIN.password}:nvidia`,
        NVFL_LOG_LEVEL: 'warn',
        ...this.#environment,
      },
    });
    if (log !== undefined) {
      closeSync(log);
    }
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    return child;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'close');
      child.kill(signal);
      await gone;
    }
    const client = this.#client;
    this.#client = this.#connect();
    await client.destroy();
  }

  #connect(): Agent {
    return new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { rejectUnauthorized: false } });
  }

  async #isReady(): Promise<boolean> {
    try {
      return (await this.ask({ method: 'GET', path: '/ready' })).status === 200;
    } catch {
      return false;
    }
  }
}

/** Describes how a backend is prepared. */
export interface BackendOptions {
  /** An existing folder; else one is made. */
  readonly folder?: string;
  /** More environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The folder holds cert/web.crt and cert/web.key. */
  readonly secure?: boolean;
  /** It writes dashboard.log, as `dashboard start --local` lets it; then there is no {@link BackendProcess.log}. */
  readonly logInFolder?: boolean;
}
