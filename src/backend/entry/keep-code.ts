import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ENVIRONMENT } from '../../contract/environment.ts';
import { Bundle } from './bundle.ts';

// Part of the build: starts the backend once, so that V8 has compiled what a start needs, and keeps that code.

const PAUSE_MS = 20;
const LOOPBACK = '127.0.0.1';

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const untilReady = async (url: string): Promise<void> => {
  for (;;) {
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    await pause(PAUSE_MS);
  }
};

const folder = mkdtempSync(join(tmpdir(), 'nvflare-dashboard-build-'));
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
const port = await freePort();
process.env[ENVIRONMENT.webRoot] = folder;
process.env[ENVIRONMENT.webHost] = LOOPBACK;
process.env[ENVIRONMENT.webPort] = String(port);
process.env[ENVIRONMENT.credential] = 'admin@example.org:only-for-the-build:';
process.env[ENVIRONMENT.logLevel] = 'silent';

const bundle = new Bundle(import.meta.dirname);
bundle.load().runBackend((code) => {
  process.exitCode = code;
});
await untilReady(`http://${LOOPBACK}:${port}/api/v1/project`);
bundle.keepCode();
process.kill(process.pid, 'SIGTERM');
