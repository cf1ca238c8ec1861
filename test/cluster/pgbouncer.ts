import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/free-port.ts';
import { queryDatabase } from './postgres-server.ts';

const PROGRAM = '/usr/sbin/pgbouncer';
const START_MS = 60_000;

const idOf = (which: string): number =>
  Number(spawnSync('id', [which, 'postgres'], { encoding: 'utf8' }).stdout);

/**
 * Starts a PgBouncer in transaction mode before a database.
 *
 * @param ownPort where it listens; a free one by default
 * @returns the URL of the database through it, and what ends it
 * @throws Error where PgBouncer is not installed
 */
export const startPgBouncer = async (
  target: string,
  ownPort?: string,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  if (!existsSync(PROGRAM)) {
    throw new Error('PgBouncer is not installed');
  }
  const { hostname, port, pathname, username, password } = new URL(target);
  const name = pathname.slice(1);
  const folder = mkdtempSync(join(tmpdir(), 'pgbouncer-'));
  const own = ownPort ?? (await freePort());
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(
    file,
    `[databases]
${name} = host=${hostname} port=${port} dbname=${name} user=${username} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
`,
    { mode: 0o600 },
  );
  chmodSync(folder, 0o700);
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  if (user.uid !== undefined) {
    for (const path of [folder, file]) {
      chownSync(path, user.uid, user.gid);
    }
  }
  const child = spawn(PROGRAM, [file], { ...user, cwd: folder, stdio: 'ignore' });
  const ended = once(child, 'close');
  const url = `postgres://${username}@127.0.0.1:${own}/${name}`;
  const until = Date.now() + START_MS;
  const responds = (): Promise<boolean> =>
    queryDatabase(url, 'select 1').then(
      () => true,
      () => false,
    );
  while (!(await responds())) {
    if (Date.now() > until || child.exitCode !== null) {
      throw new Error('PgBouncer did not start');
    }
    await pause(50);
  }
  return {
    url,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
};
