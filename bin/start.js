// `npm start`: installs, builds and starts the dashboard; in a container where one can be had, else as a process.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { ensureBuilt, ensureInstalled, ensureNode, root } from './prepare.js';

const NO_ENGINE = 3;
const NO_IMAGE = 5;
const MADE_UP_ADMIN = 'admin@dashboard.local';

const given = process.argv.slice(2);
const valueOf = (...names) => {
  const at = given.findIndex((word) => names.includes(word.split('=')[0]));
  if (at < 0) return undefined;
  const [, inline] = given[at].split(/=(.*)/s);
  return inline ?? given[at + 1];
};

ensureNode();
ensureInstalled();
ensureBuilt();

const calledFrom = process.env.INIT_CWD ?? process.cwd();
const folderGiven = valueOf('-f', '--folder');
const folder = folderGiven ?? join(root, 'project');
const absolute = isAbsolute(folder) ? folder : join(calledFrom, folder);
if (folderGiven === undefined) mkdirSync(absolute, { recursive: true });

const args = [...given];
if (folderGiven === undefined) args.push('--folder', absolute);
if (valueOf('-p', '--port') === undefined) args.push('--port', '8443');

const environment = { ...process.env };
const firstRun = !existsSync(join(absolute, 'db.sqlite'));
const attended = process.stdin.isTTY === true;
if (firstRun && !attended && valueOf('--cred') === undefined) environment.NVFL_CREDENTIAL ??= MADE_UP_ADMIN;

const dashboard = (...more) => {
  const { status, signal } = spawnSync(
    process.execPath,
    [join(root, 'bin', 'dashboard.js'), '--start', ...args, ...more],
    { stdio: 'inherit', env: environment, cwd: calledFrom },
  );
  return status ?? (signal === 'SIGINT' ? 130 : 1);
};

const remedies = new Map([
  [NO_ENGINE, 'no container engine answers'],
  [NO_IMAGE, 'the image can be neither built nor pulled here'],
]);
let code = dashboard();
const why = remedies.get(code);
if (why !== undefined && !given.includes('--local')) {
  process.stderr.write(`Running as a plain process (--local), since ${why}.\n`);
  code = dashboard('--local');
}
process.exit(code);
