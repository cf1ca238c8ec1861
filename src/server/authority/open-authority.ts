import { peekRoot } from '../store/peek-root.ts';
import type { DatabasePlace } from '../store/open.ts';
import { AuthorityKeeper } from './keeper.ts';

/**
 * The keeper of the root CA for a start, before the database is opened for writing.
 *
 * @param passphrase undefined and the empty text mean none; an encrypted key then stays sealed
 * @throws PkiError as AuthorityKeeper.open; what the database's driver says
 */
export const openAuthority = async (
  place: DatabasePlace,
  passphrase: string | undefined,
): Promise<AuthorityKeeper> => AuthorityKeeper.open(await peekRoot(place), passphrase);
