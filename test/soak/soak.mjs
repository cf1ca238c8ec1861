// `npm run soak`: installs and builds what is missing and runs soak.ts.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureInstalled, root } from '../../bin/prepare.js';
import { installPackages } from '../prepare/packages.js';

await installPackages({ soak: true });
ensureInstalled();
ensureBuilt();
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const { status } = spawnSync(
  process.execPath,
  ['--import', here('typescript.mjs'), here('soak.ts'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
