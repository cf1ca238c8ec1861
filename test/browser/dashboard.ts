import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const ADMIN = { email: 'admin@example.org', password: 'first-Lantern-4711' } as const;
export const NEW_PASSWORD = 'second-Lantern-4711';

/** A backend of its own, in a fresh folder, on a free port. */
export interface Dashboard {
  readonly url: string;
  readonly folder: string;
  /** Ends the backend; folder and address stay. */
  readonly down: () => Promise<void>;
  /** Starts it again at the same address. */
  readonly up: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Running {
  readonly url: string;
  readonly end: () => Promise<void>;
}

const urlIn = (line: string): string | undefined => /"url":"([^"]+)"/.exec(line)?.[1];

const run = async (folder: string, port: string, environment: Readonly<Record<string, string>>) => {
  const backend = spawn(process.execPath, ['dist/backend/entry/main.js'], {
    env: {
      PATH: process.env['PATH'],
      NVFL_WEB_ROOT: folder,
      NVFL_WEB_HOST: '127.0.0.1',
      NVFL_WEB_PORT: port,
      NVFL_CREDENTIAL: `${ADMIN.email}:${ADMIN.password}`,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => {
    backend.once('exit', () => {
      resolve();
    });
  });
  const said: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: backend.stdout }).on('line', (line) => {
      said.push(line);
      const found = urlIn(line);
      if (found !== undefined) {
        resolve(found);
      }
    });
    void ended.then(() => {
      reject(new Error(`the backend ended:\n${said.join('\n')}`));
    });
  });
  const end = async () => {
    backend.kill('SIGTERM');
    await ended;
  };
  return { url, end };
};

/**
 * Starts the built backend; resolves when it is ready.
 *
 * @param environment of the first start alone, such as the passphrase
 * @param prepare puts what the backend finds into its folder
 */
export const startDashboard = async (
  environment: Readonly<Record<string, string>> = {},
  prepare: (folder: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<Dashboard> => {
  const folder = await mkdtemp(join(tmpdir(), 'dashboard-page-'));
  await prepare(folder);
  let running: Running | undefined = await run(folder, '0', environment);
  const { url } = running;
  const down = async () => {
    await running?.end();
    running = undefined;
  };
  return {
    url,
    folder,
    down,
    up: async () => {
      running = await run(folder, new URL(url).port, {});
    },
    stop: async () => {
      await down();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
