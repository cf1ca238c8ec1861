import type { Reader } from './database.ts';

/** More would only be found in a database that somebody filled by hand. */
const MAX_KINDS = 4;
const CACHE_MS = 60_000;

const otherKind = async (db: Reader, known: readonly string[]): Promise<string | undefined> => {
  let query = db.selectFrom('user').select('password_hash').where('password_hash', 'like', '%$%');
  for (const method of known) {
    query = query.where('password_hash', 'not like', `${method}$%`);
  }
  const row = await query.limit(1).executeTakeFirst();
  return row?.password_hash.split('$', 1)[0];
};

/**
 * Finds the ways in which stored hashes were derived other than today's; remembered for a minute.
 *
 * @param today as it stands before a hash's salt
 */
export const outdatedKinds = (
  db: Reader,
  today: string,
  now: () => Date,
): (() => Promise<readonly string[]>) => {
  let found: { readonly kinds: Promise<readonly string[]>; readonly until: number } | undefined;
  const find = async (): Promise<readonly string[]> => {
    const kinds: string[] = [];
    while (kinds.length < MAX_KINDS) {
      const kind = await otherKind(db, [today, ...kinds]);
      if (kind === undefined) {
        break;
      }
      kinds.push(kind);
    }
    return kinds;
  };
  return () => {
    if (found === undefined || now().getTime() > found.until) {
      found = { kinds: find(), until: now().getTime() + CACHE_MS };
    }
    return found.kinds.catch((error: unknown) => {
      found = undefined;
      throw error;
    });
  };
};
