// Virtual environments with NVIDIA FLARE, one a release, outside the repository; made once and kept.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Versions that pip installs, by release. */
const WANTED = { 2.9: '2.9.0', 2.8: '2.8.*', 2.7: '2.7.*', 2.6: '2.6.*', 2.5: '2.5.*' };
/**
 * Releases whose packages are too old for the Pythons below: their dashboard alone runs, with the frameworks it was
 * made for. Werkzeug 2.3 is the oldest that knows the kind of password hash which this dashboard writes.
 */
const DASHBOARD_ONLY = {
  2.4: ['2.4.*', 'Flask==3.0.2', 'Werkzeug==3.0.1', 'Flask-SQLAlchemy==3.1.1', 'SQLAlchemy==2.0.16'],
  2.3: ['2.3.*', 'Flask==2.2.5', 'Werkzeug==2.3.8', 'Flask-SQLAlchemy==2.5.1', 'SQLAlchemy==1.4.31'],
  2.2: ['2.2.*', 'Flask==2.1.2', 'Werkzeug==2.3.8', 'Flask-SQLAlchemy==2.5.1', 'SQLAlchemy==1.4.31'],
};
/** What a test run takes: the newest and the oldest of both kinds, and one that differs from both. */
const USUAL = ['2.9', '2.7', '2.5', '2.2'];
/** The releases under test; with `NVFLARE_RELEASES=all`, as in the soak, all there are. */
export const NVFLARE_RELEASES =
  process.env.NVFLARE_RELEASES === 'all' ? [...Object.keys(WANTED), ...Object.keys(DASHBOARD_ONLY)] : USUAL;
/** Packages that the dashboards of these import, in any version. */
const THEIR_IMPORTS = [
  ...['Flask-JWT-Extended', 'cryptography', 'docker', 'grpcio', 'msgpack', 'numpy', 'protobuf<4.25'],
  ...['psutil', 'pyhocon', 'PyYAML', 'requests', 'six', 'websockets'],
];
/** Runs every release from 2.5 to 2.9. */
const PYTHONS = ['python3.11', 'python3.12', 'python3.10', 'python3'];
const SUITABLE = 'import sys, venv; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 12))';

const cacheFolder = () =>
  process.env.NVFLARE_DASHBOARD_TEST_CACHE ?? join(homedir(), '.cache', 'nvflare-dashboard-tests');

/** Runs a program; gives its exit code and the last lines it wrote to standard error. */
const run = (program, args) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors = (errors + String(chunk)).slice(-2000);
    });
    child.on('error', (error) => resolve({ code: 127, errors: error.message }));
    child.on('close', (code) => resolve({ code, errors }));
  });

const findPython = async () => {
  for (const python of PYTHONS) {
    if ((await run(python, ['-c', SUITABLE])).code === 0) {
      return python;
    }
  }
  return undefined;
};

/** Arguments of pip, one list a call. */
const packagesOf = (release) => {
  const [version, ...frameworks] = DASHBOARD_ONLY[release] ?? [];
  return version === undefined
    ? [[`nvflare==${WANTED[release]}`, 'numpy', 'gunicorn', 'Flask']]
    : [
        ['--no-deps', '--ignore-requires-python', `nvflare==${version}`],
        [...frameworks, ...THEIR_IMPORTS],
      ];
};

const makeOne = async (python, release) => {
  const folder = join(cacheFolder(), release);
  const ready = join(folder, 'ready');
  if (existsSync(ready)) {
    return { release, folder };
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const made = await run(python, ['-m', 'venv', folder]);
  if (made.code !== 0) {
    return { release, reason: `python -m venv: ${made.errors}` };
  }
  for (const packages of packagesOf(release)) {
    const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '--prefer-binary', ...packages];
    const installed = await run(join(folder, 'bin', 'python'), pip);
    if (installed.code !== 0) {
      return { release, reason: `pip: ${installed.errors}` };
    }
  }
  writeFileSync(ready, '');
  return { release, folder };
};

/**
 * Makes the environments that are not there yet, side by side. Releases that are not under test are left out.
 *
 * @param {readonly string[]} releases such as "2.9"
 * @returns {Promise<{ environments: Record<string, string>, reason: string | undefined }>} folder by release, and
 *   why there are none or not all of them
 */
export const prepareNvflare = async (releases) => {
  const python = await findPython();
  if (python === undefined) {
    return { environments: {}, reason: 'no Python 3.10 to 3.12 with venv' };
  }
  const tested = releases.filter((release) => NVFLARE_RELEASES.includes(release));
  const made = await Promise.all(tested.map((release) => makeOne(python, release)));
  const failed = made.filter(({ reason }) => reason !== undefined);
  return {
    environments: Object.fromEntries(
      made.filter(({ folder }) => folder !== undefined).map(({ release, folder }) => [release, folder]),
    ),
    reason:
      failed.length === 0
        ? undefined
        : failed.map(({ release, reason }) => `NVFLARE ${release}: ${reason}`).join('\n'),
  };
};
