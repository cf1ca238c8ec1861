import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { hasForeignLog } from './log-mark.ts';

/** A write-ahead log or rollback journal that was moved out of SQLite's reach. */
export interface OrphanedLog {
  /** Where it is now. */
  readonly path: string;
  /** Its database is not there, or another one is. */
  readonly database: 'missing' | 'different';
}

const sizeOf = (file: string): number => {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true ? found.size : 0;
};

/** A name that is not taken. */
const freeName = (file: string): string => {
  let name = `${file}.orphaned`;
  for (let count = 2; existsSync(name); count += 1) {
    name = `${file}.orphaned-${count}`;
  }
  return name;
};

const moveAside = (log: string): string => {
  const target = freeName(log);
  renameSync(log, target);
  return target;
};

/**
 * Sets aside logs that do not belong to the database beside them: SQLite would delete them, with all they hold, when
 * it creates a new file, or mix them into another one.
 *
 * @param file path of the database, which nobody has open
 * @returns which; empty when all is in order
 */
export const setAsideOrphanedLogs = (file: string): readonly OrphanedLog[] => {
  if (sizeOf(file) > 0) {
    if (sizeOf(`${file}-wal`) === 0 || !hasForeignLog(file)) {
      return [];
    }
    rmSync(`${file}-shm`, { force: true });
    return [{ path: moveAside(`${file}-wal`), database: 'different' }];
  }
  const logs = [`${file}-wal`, `${file}-journal`].filter((log) => sizeOf(log) > 0);
  if (logs.length > 0) {
    rmSync(`${file}-shm`, { force: true });
  }
  return logs.map((log) => ({ path: moveAside(log), database: 'missing' }));
};
