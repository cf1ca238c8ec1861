// `npm start`, `npm stop` and `npm run dashboard -- …`: fetches Node, installs and builds where needed, and hands over.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, ensureNode, root } from './prepare.js';

ensureNode();
ensureInstalled();
ensureBuilt();
mkdirSync(join(root, 'project'), { recursive: true });

const { status, signal } = spawnSync(
  process.execPath,
  [join(root, 'bin', 'dashboard.js'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env: { ...process.env, NVFL_CHECKOUT: '1' },
    cwd: process.env.INIT_CWD ?? process.cwd(),
  },
);
process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
