// A PostgreSQL server for the tests: of this machine's programs, in a folder of its own, on loopback.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const VERSIONS = '/usr/lib/postgresql';
const USER = 'dashboard';
const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 30_000;

const programFolder = () => {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
  return versions
    .map((version) => join(VERSIONS, version, 'bin'))
    .filter((folder) => existsSync(join(folder, 'initdb')))
    .sort()
    .at(-1);
};

/** The server refuses to run as root; Debian's package comes with a user for it. */
const unprivileged = () => {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const [uid, gid] = ['-u', '-g'].map((which) =>
    Number(spawnSync('id', [which, 'postgres'], { encoding: 'utf8' }).stdout.trim() || Number.NaN),
  );
  return Number.isInteger(uid) ? { uid, gid } : undefined;
};

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** What a server may leave out whose data need not outlast a crash of the machine: it waits for no disk. */
const NOT_DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'].flatMap((name) => [
  '-c',
  `${name}=off`,
]);

/** Returns a server on a folder of data: its port, and `up`, `down` and `kill`, which start and end it. */
const serverOn = async ({ programs, user, folder, data, options }) => {
  const port = await freePort();
  let server;
  let ended;
  const kill = async () => {
    server.kill('SIGKILL');
    await ended;
  };
  /** Asks it to end at once, connections or not, with everything on the disk. */
  const down = async () => {
    if (server.exitCode !== null || server.signalCode !== null) {
      return;
    }
    server.kill('SIGINT');
    await Promise.race([ended, sleep(STOP_WITHIN_MS, undefined, { ref: false })]);
    if (server.exitCode === null && server.signalCode === null) {
      await kill();
    }
  };
  const up = async () => {
    server = spawn(
      join(programs, 'postgres'),
      [
        ...['-D', data, '-k', folder, '-h', '127.0.0.1', '-p', String(port), '-c', 'max_connections=300'],
        ...options,
      ],
      { ...user, cwd: folder, stdio: 'ignore' },
    );
    ended = new Promise((resolve) => server.once('close', resolve));
    const until = Date.now() + START_WITHIN_MS;
    while (Date.now() < until && server.exitCode === null) {
      const ready = spawnSync(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]);
      if (ready.status === 0) {
        return true;
      }
      await sleep(100);
    }
    return false;
  };
  return { port, up, down, kill };
};

/**
 * Starts a server with a new cluster.
 *
 * @param durable whether changes wait for the disk; tests of crashes and restarts need it
 * @returns `{ url, stop, down, up, kill, standby }`, the URL being of its first database, whose user may create others,
 * `down` and `up` stopping and starting the server on its data, `kill` ending it without a word, and `standby` starting
 * another one that follows it: `{ port, promote, stop }`; or `{ reason }`
 */
export const preparePostgres = async ({ durable = true } = {}) => {
  const programs = programFolder();
  if (programs === undefined) {
    return { reason: 'PostgreSQL is not installed' };
  }
  const user = unprivileged();
  if (user === undefined) {
    return { reason: 'PostgreSQL does not run as root, and there is no user postgres' };
  }
  const folder = mkdtempSync(join(tmpdir(), 'nvflare-dashboard-postgres-'));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const [data, passwordFile] = [join(folder, 'data'), join(folder, 'password')];
  const password = randomBytes(12).toString('hex');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  chmodSync(folder, 0o700);
  if (user.uid !== undefined) {
    for (const path of [folder, passwordFile]) {
      chownSync(path, user.uid, user.gid);
    }
  }
  const made = spawnSync(
    join(programs, 'initdb'),
    [
      '-D',
      data,
      '-U',
      USER,
      '-A',
      'scram-sha-256',
      '--pwfile',
      passwordFile,
      '-E',
      'UTF8',
      '--locale',
      'C.UTF-8',
    ],
    { ...user, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) {
    remove();
    return { reason: `initdb: ${made.stderr.trim().split('\n').at(-1)}` };
  }
  const options = durable ? [] : NOT_DURABLE;
  const { port, up, down, kill } = await serverOn({ programs, user, folder, data, options });
  const standby = async () => {
    const copy = join(folder, 'standby');
    const environment = { ...process.env, PGPASSWORD: password };
    const from = ['-h', '127.0.0.1', '-p', String(port), '-U', USER];
    const copied = spawnSync(
      join(programs, 'pg_basebackup'),
      [...from, '-D', copy, '--write-recovery-conf', '--checkpoint=fast'],
      { ...user, cwd: folder, encoding: 'utf8', env: environment },
    );
    if (copied.status !== 0) {
      throw new Error(`pg_basebackup: ${copied.stderr}`);
    }
    const server = await serverOn({ programs, user, folder, data: copy, options: ['-c', 'hot_standby=on'] });
    if (!(await server.up())) {
      throw new Error('the standby did not start');
    }
    const promote = () => {
      const { status, stderr } = spawnSync(join(programs, 'pg_ctl'), ['promote', '-D', copy], {
        ...user,
        cwd: folder,
        encoding: 'utf8',
      });
      if (status !== 0) {
        throw new Error(`pg_ctl: ${stderr}`);
      }
    };
    return { port: server.port, promote, stop: server.down };
  };
  const stop = async () => {
    await down();
    remove();
  };
  if (await up()) {
    return {
      url: `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`,
      stop,
      down,
      up,
      kill,
      standby,
    };
  }
  await stop();
  return { reason: 'PostgreSQL did not start' };
};
