import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENVIRONMENT } from '../../contract/environment.ts';

// Part of every build: runs the backend once, so that Node keeps the compiled code of everything a start executes.

const LOOPBACK = '127.0.0.1';
const PAUSE_MS = 20;
const START_WITHIN_MS = 60_000;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const responds = (url: string): Promise<boolean> =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );

const warmUp = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'nvflare-dashboard-build-'));
  const port = await freePort();
  const backend = spawn(process.execPath, [join(import.meta.dirname, 'main.js')], {
    env: {
      [ENVIRONMENT.webRoot]: folder,
      [ENVIRONMENT.webHost]: LOOPBACK,
      [ENVIRONMENT.webPort]: String(port),
      [ENVIRONMENT.credential]: 'admin@example.org:only-for-the-build:',
      [ENVIRONMENT.logLevel]: 'warn',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(backend, 'exit');
  try {
    const until = Date.now() + START_WITHIN_MS;
    while (!(await responds(`http://${LOOPBACK}:${port}/api/v1/project`))) {
      if (backend.exitCode !== null || Date.now() > until) {
        throw new Error('the backend does not start');
      }
      await sleep(PAUSE_MS);
    }
  } finally {
    backend.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
  if (!existsSync(join(import.meta.dirname, '.compile-cache'))) {
    throw new Error('Node kept no compiled code');
  }
};

void warmUp();
