import type { Trx } from './database.ts';
import type { PasskeyChallengeRow } from './schema.ts';

/** Stores what a passkey is to sign, in place of an earlier one of the same session or log-in. */
export const replaceChallenge = async (trx: Trx, row: PasskeyChallengeRow, now: string): Promise<void> => {
  await trx
    .deleteFrom('passkey_challenge')
    .where((of) => of.or([of('bound_to', '=', row.bound_to), of('expires_at', '<=', now)]))
    .execute();
  await trx.insertInto('passkey_challenge').values(row).execute();
};

/** Uses up the challenge of a session or log-in. @returns undefined where there is none that has not expired */
export const takeChallenge = async (trx: Trx, boundTo: string, now: string): Promise<string | undefined> => {
  const found = await trx
    .deleteFrom('passkey_challenge')
    .where('bound_to', '=', boundTo)
    .returningAll()
    .executeTakeFirst();
  return found !== undefined && found.expires_at > now ? found.challenge : undefined;
};
