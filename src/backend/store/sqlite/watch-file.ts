import { statSync } from 'node:fs';
import { MovedDatabaseError } from '../moved-database-error.ts';

const identityOf = (file: string): string => {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.dev}:${found.ino}`;
};

/**
 * Watches that a file stays where it is: whoever has it open would keep writing to one that nobody finds any more.
 *
 * @returns throws MovedDatabaseError once the file has been moved, deleted or replaced
 */
export const watchFile = (file: string): (() => void) => {
  const opened = identityOf(file);
  return () => {
    if (identityOf(file) !== opened) {
      throw new MovedDatabaseError(`${file} was moved, deleted or replaced`);
    }
  };
};
