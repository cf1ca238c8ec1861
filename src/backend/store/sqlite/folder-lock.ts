import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { z } from 'zod';

const Busy = z.object({ code: z.string().startsWith('SQLITE_BUSY') });
const Holder = z.object({ host: z.string(), pid: z.number(), since: z.string() });
type Holder = z.infer<typeof Holder>;

/** Default host name in a container: the beginning of the container's ID. */
const CONTAINER_HOST = /^[0-9a-f]{12}$/;

const placeOf = ({ pid, host }: Holder): string =>
  CONTAINER_HOST.test(host) ? `the container ${host}` : `process ${pid} on ${host}`;

/** Another backend has the folder; the message names it. */
export class FolderInUseError extends Error {
  constructor(holder: Holder | undefined) {
    super(holder === undefined ? 'it has not said which it is' : `${placeOf(holder)}, since ${holder.since}`);
  }
}

const readHolder = (file: string): Holder | undefined => {
  try {
    return Holder.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
};

/** Leaves who has the folder beside the lock; on a full disk nobody learns it. */
const nameHolder = (file: string): void => {
  const own: Holder = { host: hostname(), pid: process.pid, since: new Date().toISOString() };
  try {
    writeFileSync(file, JSON.stringify(own));
  } catch {
    rmSync(file, { force: true });
  }
};

/**
 * Locks a project folder for this process. The lock is one of SQLite's on a file of its own: it ends with the
 * process, however that ends.
 *
 * @returns releases the lock
 * @throws FolderInUseError, naming the holder; better-sqlite3's SqliteError when the folder cannot be written
 */
export const lockFolder = (folder: string): (() => void) => {
  const holder = join(folder, '.dashboard.lock.json');
  const connection = new BetterSqlite(join(folder, '.dashboard.lock'), { timeout: 0 });
  try {
    connection.pragma('journal_mode = MEMORY');
    connection.exec('begin exclusive');
  } catch (error) {
    connection.close();
    throw Busy.safeParse(error).success ? new FolderInUseError(readHolder(holder)) : error;
  }
  nameHolder(holder);
  return () => {
    rmSync(holder, { force: true });
    connection.close();
  };
};
