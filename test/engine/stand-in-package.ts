import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Answers like the backend as far as an engine can tell; what it does is chosen by its environment. */
const MAIN = `
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import fastify from 'fastify';

const { STAND_IN = 'serve', NVFL_WEB_ROOT, NVFL_SECRETS_STDIN } = process.env;
process.on('SIGTERM', () => { console.log('stopped in order'); process.exit(0); });
console.log('grüße ✓ ' + 'x'.repeat(20000));
console.error('to stderr');
if (STAND_IN === 'die') { console.log('the last line'); process.exit(66); }
const received = [];
if (NVFL_SECRETS_STDIN === '1') for await (const chunk of process.stdin) received.push(chunk);
if (STAND_IN === 'hang') setInterval(() => undefined, 1000);
else {
  new Database(NVFL_WEB_ROOT + '/db.sqlite').exec('create table if not exists t (x)');
  let readOnly = false;
  try { writeFileSync('/opt/probe', ''); } catch { readOnly = true; }
  writeFileSync('/tmp/probe', '');
  const server = fastify();
  server.get('/health', () => ({
    uid: process.getuid(),
    readOnly,
    received: Buffer.concat(received).toString('base64'),
    environment: Object.keys(process.env),
  }));
  await server.listen({ host: '0.0.0.0', port: 8443 });
}
`;

const HEALTHCHECK = `
const answer = await fetch('http://127.0.0.1:8443/health').catch(() => undefined);
process.exitCode = answer?.ok ? 0 : 1;
`;

/** A package that is laid out like ours, with a stand-in for the backend and our real Docker files. */
export interface StandInPackage {
  readonly root: string;
  remove(): Promise<void>;
}

export const makeStandInPackage = async (
  packages: readonly string[] = ['better-sqlite3', 'fastify'],
): Promise<StandInPackage> => {
  const root = await mkdtemp(join(tmpdir(), 'nvflare-dashboard-stand-in-'));
  await mkdir(join(root, 'dist/backend/entry'), { recursive: true });
  await writeFile(join(root, 'dist/backend/entry/main.js'), MAIN);
  await writeFile(join(root, 'dist/backend/entry/healthcheck.js'), HEALTHCHECK);
  await writeFile(join(root, 'dist/backend/entry/warm-up.js'), '');
  await cp(join(repository, 'docker'), join(root, 'docker'), { recursive: true });
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
  await writeFile(
    join(root, 'package.json'),
    JSON.stringify({
      name: 'nvflare-dashboard',
      version: '9.8.7',
      type: 'module',
      dependencies: Object.fromEntries(packages.map((name) => [name, '*'])),
    }),
  );
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
};

/** Gives the package its own copies of the named installed packages, and no others. */
export const copyInstalled = async (root: string, names: readonly string[]): Promise<void> => {
  for (const name of names) {
    await cp(join(repository, 'node_modules', name), join(root, 'node_modules', name), {
      recursive: true,
    });
  }
};
