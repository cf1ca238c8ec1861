import type { DatabasePlace } from './open.ts';
import type { PeekedRoot } from './peeked-root.ts';

/**
 * Reads the root CA before the database is opened for good, so that a wrong passphrase leaves it untouched.
 *
 * @returns undefined while there is no root
 */
export const peekRoot = async (place: DatabasePlace): Promise<PeekedRoot | undefined> => {
  if (place.engine === 'sqlite') {
    const { peekSqlite } = await import('./sqlite/peek-root.ts');
    return peekSqlite(place.file);
  }
  const { peekPostgres } = await import('./postgres/peek-root.ts');
  return peekPostgres(place.url);
};
