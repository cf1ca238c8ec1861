import { statSync } from 'node:fs';
import { MovedDatabaseError } from '../moved-database-error.ts';
import { markIn } from './log-mark.ts';

/** Logs that other programs may begin between two looks. */
const MAX_LOGS = 1000;

const identityOf = (file: string): string => {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.dev}:${found.ino}`;
};

/**
 * Watches that a file stays where and what it is: whoever has it open would keep writing to one that nobody finds any
 * more, or mix its log with a copy that somebody wrote over it.
 *
 * @returns throws MovedDatabaseError once the file has been moved, deleted, replaced or written over
 */
export const watchFile = (file: string): (() => void) => {
  const opened = identityOf(file);
  let mark = markIn(file);
  return () => {
    if (identityOf(file) !== opened) {
      throw new MovedDatabaseError(`${file} was moved, deleted or replaced`);
    }
    const now = markIn(file);
    if (mark > 0 && (now < mark || now > mark + MAX_LOGS)) {
      throw new MovedDatabaseError(`${file} was written over`);
    }
    mark = now;
  };
};
