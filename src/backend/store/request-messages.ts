import type { Reader, Trx } from './database.ts';
import type { RequestMessageRow } from './schema.ts';

export const insertRequestMessage = async (trx: Trx, row: RequestMessageRow): Promise<void> => {
  await trx.insertInto('request_message').values(row).execute();
};

/** Lists what was written about a user's request, the oldest first. */
export const requestMessagesOf = (db: Reader | Trx, userId: number): Promise<RequestMessageRow[]> =>
  db
    .selectFrom('request_message')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();

export const deleteRequestMessagesOf = async (trx: Trx, userId: number): Promise<void> => {
  await trx.deleteFrom('request_message').where('user_id', '=', userId).execute();
};
