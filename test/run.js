// `npm test`: installs what the tests need, checks the code, builds, and runs every test.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureBuilt, ensureInstalled, ensureNode, root, run } from '../bin/prepare.js';
import { prepareDocker } from './prepare/docker.js';
import { NVFLARE_RELEASES, prepareNvflare } from './prepare/nvflare.js';
import { installPackages } from './prepare/packages.js';
import { preparePostgres } from './prepare/postgres.js';
import { NOTHING, runJest, withSecondAttempt } from './prepare/run-jest.js';

/** The tests that share no machine-wide thing run side by side. */
const SIDE_BY_SIDE = ['unit', 'architecture', 'api'];
/**
 * The others wait most of their time, so three files run at once: one at a time of those that share the engine's
 * machine-wide things, and two of the rest, each taking the next file as it comes free.
 */
const LANES = [
  { projects: ['engine', 'e2e', 'cluster'], extra: ['--runInBand'] },
  { projects: ['browser', 'interop', 'security'], extra: ['--maxWorkers=2'] },
];
/** Test files of the API whose every backend stands on SQLite: a second run would be the same once more. */
const ON_SQLITE_ALONE = String.raw`\.sqlite\.test\.ts$`;

const only = process.argv.slice(2);
const onCi = process.env.CI === 'true';

const projectsOf = (names) => {
  const wanted = only.length === 0 ? names : names.filter((name) => only.includes(name));
  return wanted.filter((name) => name === 'unit' || existsSync(join(root, 'test', name)));
};

/** Compiles the terminal that the tests of prompts use; the headers lie beside the pinned Node, or come from npm. */
const buildTerminal = () => {
  if (existsSync(join(root, 'node_modules', 'node-pty', 'build', 'Release', 'pty.node'))) {
    return;
  }
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include', 'node', 'node.h')) ? { npm_config_nodedir: prefix } : {};
  process.stdout.write('Compiling node-pty …\n');
  run('npm', ['rebuild', 'node-pty', '--loglevel=error'], { env: { ...process.env, ...headers } });
};

/** Checks the code, all ways at once; ends this process where one of them finds something. */
const checkCode = async () => {
  const statuses = await Promise.all(
    ['lint', 'typecheck', 'knip'].map(async (check) => {
      const [status] = await once(
        spawn('npm', ['run', '--silent', check], { cwd: root, stdio: 'inherit' }),
        'exit',
      );
      return status;
    }),
  );
  if (statuses.some((status) => status !== 0)) {
    process.exit(1);
  }
};

ensureNode();
/** Packages come while the code is checked, which needs none of them. */
const packages = only.length === 0 ? installPackages() : undefined;
ensureInstalled();
if (only.length === 0) {
  await checkCode();
}
await packages;
if (only.length === 0 || only.includes('e2e')) {
  buildTerminal();
}
ensureBuilt();

const docker = await prepareDocker();
if (docker.reason !== undefined) {
  process.stdout.write(`No container engine for the tests: ${docker.reason}\n`);
}
const env = {
  ...process.env,
  ...(docker.dockerHost === undefined
    ? { TEST_NO_ENGINE: docker.reason }
    : { TEST_DOCKER_HOST: docker.dockerHost, TEST_BASE_IMAGE: docker.baseImage }),
};
const wanted = (project) => only.length === 0 || only.includes(project);

/** The API's tests once more, on the other database. */
const onPostgres = async () => {
  if (!wanted('api')) {
    return NOTHING;
  }
  const postgres = await preparePostgres({ durable: false });
  if (postgres.reason !== undefined) {
    process.stdout.write(`The API is not tested on PostgreSQL: ${postgres.reason}\n`);
    return { ...NOTHING, skipped: 1 };
  }
  try {
    process.stdout.write('The API on PostgreSQL …\n');
    const withPostgres = { ...env, TEST_POSTGRES_URL: postgres.url };
    const first = await runJest(['api'], ['--testPathIgnorePatterns', ON_SQLITE_ALONE], withPostgres);
    return await withSecondAttempt(['api'], first, withPostgres);
  } finally {
    await postgres.stop();
  }
};

/** Our image, built once for all files that start containers from it; undefined where they build it themselves. */
const buildImage = () => {
  if (docker.dockerHost === undefined || !(wanted('e2e') || wanted('cluster'))) {
    return undefined;
  }
  const image = `nvflare-dashboard-test-${process.pid}:built`;
  const surroundings = { DOCKER_HOST: docker.dockerHost, NVFL_BASE_IMAGE: docker.baseImage };
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'bin', 'dashboard.js'), 'image', 'build', '-i', image],
    { cwd: tmpdir(), env: { ...process.env, ...surroundings }, stdio: 'ignore' },
  );
  return status === 0 ? image : undefined;
};

const removeImage = (image) => {
  spawnSync('docker', ['rmi', '-f', image], { env: { ...process.env, DOCKER_HOST: docker.dockerHost } });
};

const runs = [];
let builtImage;
/** Two files must not make the same environment at once; what is missing is told by the tests. */
const environments = wanted('interop') ? prepareNvflare(NVFLARE_RELEASES) : undefined;
try {
  const sideBySide = projectsOf(SIDE_BY_SIDE);
  runs.push(await withSecondAttempt(sideBySide, await runJest(sideBySide, [], env), env));
  runs.push(await onPostgres());
  await environments;
  builtImage = buildImage();
  const laneEnv = builtImage === undefined ? env : { ...env, TEST_BUILT_IMAGE: builtImage };
  const lanes = LANES.map(({ projects, extra }) => ({ projects: projectsOf(projects), extra }));
  const firsts = await Promise.all(lanes.map(({ projects, extra }) => runJest(projects, extra, laneEnv)));
  for (const [lane, { projects }] of lanes.entries()) {
    runs.push(await withSecondAttempt(projects, firsts[lane], laneEnv));
  }
} finally {
  if (builtImage !== undefined) {
    removeImage(builtImage);
  }
  await docker.stop?.();
}

const total = (key) => runs.reduce((sum, result) => sum + result[key], 0);
const skipped = total('skipped');
if (onCi && skipped > 0) {
  process.stdout.write('With CI=true nothing may be skipped.\n');
}
process.stdout.write(`${total('passed')} passed, ${total('failed')} failed, ${skipped} skipped\n`);
process.exitCode = total('failed') > 0 || total('passed') === 0 || (onCi && skipped > 0) ? 1 : 0;
