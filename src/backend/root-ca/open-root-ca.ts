import { readStoredRoot } from '../store/read-stored-root.ts';
import type { DatabaseLocation } from '../store/open.ts';
import { RootCaKeeper } from './root-ca-keeper.ts';

/**
 * The keeper of the root CA for a start, before the database is opened for writing.
 *
 * @param passphrase undefined and the empty text mean none; an encrypted key then stays sealed
 * @throws PkiError as AuthorityKeeper.open; what the database's driver says
 */
export const openRootCa = async (
  place: DatabaseLocation,
  passphrase: string | undefined,
): Promise<RootCaKeeper> => RootCaKeeper.open(await readStoredRoot(place), passphrase);
