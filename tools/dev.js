// `npm run dev`: the page with hot reload on port 5173, and the backend from its sources, restarted on every change.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, ensureNode, root } from '../bin/prepare.js';

const BACKEND_PORT = 8444;
const ADMIN = 'admin@example.org:development-only';

ensureNode();
ensureInstalled();
ensureBuilt();

const folder = join(root, 'project', 'dev');
mkdirSync(folder, { recursive: true });
const backend = spawn(
  process.execPath,
  ['--watch', '--watch-preserve-output', join(root, 'src/backend/entry/main.ts')],
  {
    stdio: 'inherit',
    env: {
      NVFL_CREDENTIAL: ADMIN,
      ...process.env,
      NVFL_WEB_ROOT: folder,
      NVFL_WEB_HOST: '127.0.0.1',
      NVFL_WEB_PORT: String(BACKEND_PORT),
      // It would be written among the sources.
      NODE_DISABLE_COMPILE_CACHE: '1',
    },
  },
);
backend.on('exit', (code) => process.exit(code ?? 0));

const { createServer } = await import('vite');
const target = `http://127.0.0.1:${BACKEND_PORT}`;
const paths = ['/api', '/nvflare-dashboard', '/openapi.json', '/docs', '/health', '/ready'];
const server = await createServer({
  configFile: join(root, 'src/web/vite.config.ts'),
  server: { host: '127.0.0.1', proxy: Object.fromEntries(paths.map((path) => [path, { target }])) },
});
await server.listen();
server.printUrls();
process.stdout.write(`  Log in as ${ADMIN.replace(':', ' with the password ')}.\n`);
