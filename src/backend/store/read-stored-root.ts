import type { DatabaseLocation } from './open.ts';
import type { SavedRoot } from './stored-root.ts';

/**
 * Reads the root CA before the database is opened for good, so that a wrong passphrase leaves it untouched.
 *
 * @returns undefined while there is no root
 */
export const readStoredRoot = async (place: DatabaseLocation): Promise<SavedRoot | undefined> => {
  if (place.engine === 'sqlite') {
    const { readSqliteRoot } = await import('./sqlite/read-stored-root.ts');
    return readSqliteRoot(place.file);
  }
  const { readPostgresRoot } = await import('./postgres/read-stored-root.ts');
  return readPostgresRoot(place.url);
};
