import type { Reader, Trx } from './database.ts';
import type { OneTimeLinkRow } from './schema.ts';

export type LinkPurpose = 'password' | 'email';

/** Stores a link, in place of every other one that the account has for this purpose. */
export const replaceLink = async (
  trx: Trx,
  link: Omit<OneTimeLinkRow, 'purpose'> & { readonly purpose: LinkPurpose },
): Promise<void> => {
  await deleteLinksOf(trx, link.user_id, link.purpose);
  await trx.insertInto('one_time_link').values(link).execute();
};

export const linkById = (db: Reader | Trx, id: string): Promise<OneTimeLinkRow | undefined> =>
  db.selectFrom('one_time_link').selectAll().where('id', '=', id).executeTakeFirst();

/** @returns false where somebody else used it meanwhile */
export const spendLink = async (trx: Trx, id: string): Promise<boolean> => {
  const { numDeletedRows } = await trx
    .deleteFrom('one_time_link')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
};

export const deleteLinksOf = async (trx: Trx, userId: number, purpose?: LinkPurpose): Promise<void> => {
  const all = trx.deleteFrom('one_time_link').where('user_id', '=', userId);
  await (purpose === undefined ? all : all.where('purpose', '=', purpose)).execute();
};

/** @param at stored time; links that expired earlier go */
export const deleteExpiredLinks = async (trx: Trx, at: string): Promise<void> => {
  await trx.deleteFrom('one_time_link').where('expires_at', '<', at).execute();
};
