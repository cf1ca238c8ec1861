import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createLog } from '../context/log.ts';
import { startServer } from '../start/start-backend.ts';

const FIRST_PREFIX = /^\/(?!nvflare-dashboard\/)/;

const Document = z.looseObject({ paths: z.record(z.string(), z.unknown()) });
const { values } = parseArgs({ options: { 'one-prefix': { type: 'boolean', default: false } } });

/** Every route exists under two prefixes; who generates types from the document needs one of them. */
const wanted = (document: z.infer<typeof Document>): z.infer<typeof Document> => {
  const paths = Object.entries(document.paths).filter(([path]) => FIRST_PREFIX.test(path));
  return values['one-prefix'] ? { ...document, paths: Object.fromEntries(paths) } : document;
};

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
  drainSeconds: 0,
  metrics: false,
} as const;
try {
  const server = await startServer(config, log, () => new Date());
  const response = await fetch(`${server.url}/openapi.json`);
  process.stdout.write(`${JSON.stringify(wanted(Document.parse(await response.json())), null, 2)}\n`);
  await server.close();
} finally {
  await rm(folder, { recursive: true });
}
