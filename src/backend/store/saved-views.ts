import type { Reader, Trx } from './database.ts';
import type { SavedViewRow } from './schema.ts';

/** Lists the saved views of an account by list and name. */
export const savedViewsOf = (db: Reader | Trx, userId: number): Promise<SavedViewRow[]> =>
  db
    .selectFrom('saved_view')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('list')
    .orderBy('name')
    .execute();

export const insertSavedView = async (trx: Trx, row: SavedViewRow): Promise<void> => {
  await trx.insertInto('saved_view').values(row).execute();
};

export const deleteSavedView = async (trx: Trx, id: string): Promise<void> => {
  await trx.deleteFrom('saved_view').where('id', '=', id).execute();
};

export const deleteSavedViewsOf = async (trx: Trx, userId: number): Promise<void> => {
  await trx.deleteFrom('saved_view').where('user_id', '=', userId).execute();
};
