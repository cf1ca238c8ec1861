import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../support/free-port.ts';

const PACKAGE = 'docker-registry';
const START_MS = 120_000;
const POLL_MS = 100;

export const USER = 'puller';
export const PASSWORD = 'Registry-pass-1';
/** bcrypt of the password, as `htpasswd -B` writes it. */
const HTPASSWD = `${USER}:$2b$05$rbJUiKFdxM0zhuLfyqoOsuQZSUG40c5al4tfEuE1w6iND4iMvJCw6\n`;

/** A registry that listens on loopback and wants a log-in. */
export interface Registry {
  /** Host and port, as references of images begin. */
  readonly host: string;
  stop(): Promise<void>;
}

const cacheFolder = (): string =>
  join(
    process.env['NVFLARE_DASHBOARD_TEST_CACHE'] ?? join(homedir(), '.cache', 'nvflare-dashboard-tests'),
    'registry',
  );

const PROGRAM = join(cacheFolder(), 'usr', 'bin', PACKAGE);

/**
 * Takes Debian's registry out of its package, once: an installation would start a service on this machine.
 *
 * @returns why it cannot be had; undefined when it is there
 */
export const prepareRegistry = (): string | undefined => {
  if (existsSync(PROGRAM)) {
    return undefined;
  }
  const folder = cacheFolder();
  mkdirSync(folder, { recursive: true });
  const fetch = () => spawnSync('apt-get', ['download', PACKAGE], { cwd: folder, encoding: 'utf8' });
  let fetched = fetch();
  if (fetched.status !== 0) {
    // The list of packages may be missing or old.
    spawnSync('apt-get', ['update', '-qq']);
    fetched = fetch();
  }
  const archive = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (archive === undefined) {
    return `no package ${PACKAGE}: ${fetched.error?.message ?? fetched.stderr}`;
  }
  spawnSync('dpkg-deb', ['--extract', join(folder, archive), folder]);
  rmSync(join(folder, archive));
  return existsSync(PROGRAM) ? undefined : `the package holds no ${PACKAGE}`;
};

/**
 * Starts a registry.
 *
 * @param folder for its files; made here
 * @throws Error when it does not answer
 */
export const startRegistry = async (folder: string): Promise<Registry> => {
  mkdirSync(folder, { recursive: true });
  const host = `127.0.0.1:${await freePort()}`;
  const passwords = join(folder, 'htpasswd');
  const settings = join(folder, 'config.yml');
  writeFileSync(passwords, HTPASSWD);
  writeFileSync(
    settings,
    JSON.stringify({
      version: 0.1,
      log: { level: 'error' },
      storage: { filesystem: { rootdirectory: join(folder, 'images') } },
      http: { addr: host },
      auth: { htpasswd: { realm: 'test', path: passwords } },
    }),
  );
  const child = spawn(PROGRAM, ['serve', settings], { stdio: 'ignore' });
  const ended = new Promise((done) => child.once('close', done));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  const until = Date.now() + START_MS;
  for (;;) {
    const response = await fetch(`http://${host}/v2/`).catch(() => undefined);
    if (response?.status === 401) {
      return { host, stop };
    }
    if (child.exitCode !== null || Date.now() > until) {
      await stop();
      throw new Error('the registry did not start');
    }
    await wait(POLL_MS);
  }
};
