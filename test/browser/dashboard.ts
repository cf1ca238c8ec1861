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
  readonly stop: () => Promise<void>;
}

const urlIn = (line: string): string | undefined => /"url":"([^"]+)"/.exec(line)?.[1];

/** Starts the built backend; resolves when it is ready. */
export const startDashboard = async (): Promise<Dashboard> => {
  const folder = await mkdtemp(join(tmpdir(), 'dashboard-page-'));
  const backend = spawn(process.execPath, ['dist/server/main.js'], {
    env: {
      PATH: process.env['PATH'],
      NVFL_WEB_ROOT: folder,
      NVFL_WEB_HOST: '127.0.0.1',
      NVFL_WEB_PORT: '0',
      NVFL_CREDENTIAL: `${ADMIN.email}:${ADMIN.password}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => {
    backend.once('exit', () => {
      resolve();
    });
  });
  const stop = async () => {
    backend.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const said: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: backend.stdout }).on('line', (line) => {
      said.push(line);
      const found = urlIn(line);
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => {
      reject(new Error(`the backend ended:\n${said.join('\n')}`));
    });
  });
  return { url, stop };
};
