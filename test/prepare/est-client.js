// GlobalSign's EST client for the interop tests, built from its Go module, outside the repository.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const MODULE = 'github.com/globalsign/est';
const VERSION = 'v1.0.6';

const works = (program) =>
  existsSync(program) && spawnSync(program, ['version'], { stdio: 'ignore' }).status === 0;

/** @returns `{ client }`, the path of the program, or `{ reason }` */
export const prepareEstClient = () => {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'nvflare-dashboard-tests', 'est-client');
  const client = join(folder, 'estclient');
  if (works(client)) {
    return { client };
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'go.mod'), `module estclient\n\nrequire ${MODULE} ${VERSION}\n`);
  const { status, stderr, error } = spawnSync('go', ['build', '-o', client, `${MODULE}/cmd/estclient`], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod', GOWORK: 'off', GOTOOLCHAIN: 'local' },
  });
  return status === 0
    ? { client }
    : { reason: `estclient: ${(error?.message ?? stderr).trim().split('\n').at(-1)}` };
};
