import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from './log.ts';
import { startServer } from './start.ts';

const folder = await mkdtemp(join(tmpdir(), 'openapi-'));
const log = createLog('silent', () => undefined);
const config = {
  webRoot: folder,
  host: '127.0.0.1',
  port: 0,
  database: { engine: 'sqlite', file: join(folder, 'db.sqlite') },
  credential: 'nobody@example.org:unused-here',
  passphrase: undefined,
  secretKey: undefined,
  logLevel: 'silent',
  metrics: false,
} as const;
try {
  const server = await startServer(config, log, () => new Date());
  const response = await fetch(`${server.url}/openapi.json`);
  process.stdout.write(`${JSON.stringify(await response.json(), null, 2)}\n`);
  await server.close();
} finally {
  await rm(folder, { recursive: true });
}
