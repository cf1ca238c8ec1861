// What `npm start` and `npm test` need before any of our own code can run: plain Node, no dependency.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const MINIMUM = [20, 19];

/** Ends the process with one line what happened and one line what to do. */
export const fail = (what, advice, code = 1) => {
  process.stderr.write(`${what}\n${advice}\n`);
  process.exit(code);
};

/** Runs a program with this terminal; ends the process when it fails. */
export const run = (command, args, options = {}) => {
  const { status, error, signal } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) fail(`${command} could not be started: ${error.message}`, `Install ${command}, then try again.`);
  if (status !== 0) {
    fail(`${command} ${args.join(' ')} failed (${signal ?? status})`, 'See the lines above.', status ?? 1);
  }
};

/** npm, told where this Node's headers lie, so that a native module compiles without a download. */
const npmEnvironment = () => {
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include', 'node', 'node.h'));
  return headers ? { ...process.env, npm_config_nodedir: prefix } : process.env;
};

const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

const newest = (path) =>
  statSync(path).isDirectory()
    ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
    : modified(path);

export const checkNode = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
    fail(
      `Node ${process.versions.node} is too old: ${MINIMUM.join('.')} or later is needed.`,
      'Install a newer Node.js and try again.',
    );
  }
};

/** Installs the locked dependencies unless what is installed is newer than the lock. */
export const ensureInstalled = () => {
  const installed = modified(join(root, 'node_modules', '.package-lock.json'));
  if (installed >= modified(join(root, 'package-lock.json')) && installed > 0) return;
  process.stderr.write('Installing dependencies (a native module is compiled: about two minutes) …\n');
  run('npm', ['ci', '--no-audit', '--no-fund'], { env: npmEnvironment(), stdio: ['ignore', 2, 2] });
  const now = new Date();
  utimesSync(join(root, 'node_modules', '.package-lock.json'), now, now);
};

/** Builds `dist/` unless it is newer than every source. */
export const ensureBuilt = () => {
  const stamp = join(root, 'dist', '.built');
  const sources = [
    'src',
    'tsconfig.json',
    'tsconfig.build.json',
    'server.vite.config.js',
    'package-lock.json',
  ];
  if (modified(stamp) > Math.max(...sources.map((name) => newest(join(root, name))))) return;
  process.stderr.write('Building …\n');
  run('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 2, 2] });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
};
