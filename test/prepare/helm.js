// Helm for the tests of the chart: the one on PATH, else built from its Go module, outside the repository.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The newest version that Debian 12's Go compiles. */
const MODULE = 'helm.sh/helm/v3/cmd/helm@v3.12.3';

const works = (program) => spawnSync(program, ['version', '--short'], { stdio: 'ignore' }).status === 0;

/** @returns `{ helm }`, the path of the program, or `{ reason }` */
export const prepareHelm = () => {
  if (works('helm')) {
    return { helm: 'helm' };
  }
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'nvflare-dashboard-tests', 'bin');
  const helm = join(folder, 'helm');
  if (existsSync(helm) && works(helm)) {
    return { helm };
  }
  mkdirSync(folder, { recursive: true });
  const { status, stderr, error } = spawnSync('go', ['install', MODULE], {
    encoding: 'utf8',
    env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' },
  });
  return status === 0
    ? { helm }
    : { reason: `helm: ${(error?.message ?? stderr).trim().split('\n').at(-1)}` };
};
