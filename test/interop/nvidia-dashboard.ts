import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './ports.ts';

const START_MS = 120_000;
const POLL_MS = 200;

/** The original's program but for its address; releases before 2.8 look for their modules beside it. */
const PROGRAM = `import os, sys, nvflare.dashboard
sys.path.insert(0, os.path.dirname(nvflare.dashboard.__file__))
from nvflare.dashboard.wsgi import app
app.run(host="127.0.0.1", port=int(os.environ["NVFL_WEB_PORT"]))`;

/** NVIDIA's dashboard as a process on loopback. */
export class NvidiaDashboard {
  readonly #child: ChildProcess;
  readonly #base: string;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.#base = `http://127.0.0.1:${port}`;
  }

  /**
   * Starts it on a project folder and waits until it responds.
   *
   * @param venv folder of the virtual environment
   * @param settings environment, such as the credential
   * @throws Error with its log when it does not answer
   */
  static async start(
    venv: string,
    folder: string,
    settings: Readonly<Record<string, string>>,
  ): Promise<NvidiaDashboard> {
    const port = await freePort();
    const logPath = join(folder, 'nvidia.log');
    const log = openSync(logPath, 'w');
    const child = spawn(join(venv, 'bin', 'python'), ['-c', PROGRAM], {
      cwd: folder,
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        NVFL_WEB_ROOT: folder,
        NVFL_WEB_PORT: String(port),
        ...settings,
      },
    });
    const dashboard = new NvidiaDashboard(child, port);
    const until = Date.now() + START_MS;
    while (!(await dashboard.#responses())) {
      if (child.exitCode !== null || Date.now() > until) {
        await dashboard.stop();
        throw new Error(`NVIDIA's dashboard does not answer: ${readFileSync(logPath, 'utf8').slice(-2000)}`);
      }
      await wait(POLL_MS);
    }
    return dashboard;
  }

  /** Address of its API, of releases from 2.6 on. */
  get api(): string {
    return `${this.#base}/nvflare-dashboard/api/v1`;
  }

  async #responses(): Promise<boolean> {
    const response = await fetch(`${this.#base}/`).catch(() => undefined);
    return response !== undefined && response.status < 500;
  }

  /** Asks its API, below whichever prefix the release has. @throws Error when it refuses */
  async ask(method: string, path: string, body: object, token = ''): Promise<Response> {
    for (const prefix of ['/nvflare-dashboard/api/v1', '/api/v1']) {
      const response = await fetch(`${this.#base}${prefix}${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
      });
      const isApi = !(response.headers.get('content-type') ?? '').startsWith('text/html');
      if (isApi && response.ok) {
        return response;
      }
      if (isApi) {
        throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      }
    }
    throw new Error(`${method} ${path} is not of its API`);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
      return;
    }
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await ended;
  }
}
