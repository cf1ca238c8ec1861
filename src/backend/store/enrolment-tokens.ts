import type { Reader, Trx } from './database.ts';
import type { EnrolmentTokenRow } from './schema.ts';

export const insertEnrolmentToken = async (trx: Trx, token: EnrolmentTokenRow): Promise<void> => {
  await trx.insertInto('enrolment_token').values(token).execute();
};

export const enrolmentTokenById = (db: Reader | Trx, id: string): Promise<EnrolmentTokenRow | undefined> =>
  db.selectFrom('enrolment_token').selectAll().where('id', '=', id).executeTakeFirst();

/** Lists enrolment tokens, the newest first. */
export const listEnrolmentTokens = (db: Reader | Trx): Promise<EnrolmentTokenRow[]> =>
  db.selectFrom('enrolment_token').selectAll().orderBy('created_at', 'desc').orderBy('id').execute();

/**
 * Counts one more use, where the row is locked: however many sites enrol at once, none comes in excess.
 *
 * @param at stored time
 * @returns false for a token that is used up, expired or ended
 */
export const spendEnrolmentToken = async (trx: Trx, id: string, at: string): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('enrolment_token')
    .set((row) => ({ uses: row('uses', '+', 1), used_at: at }))
    .where('id', '=', id)
    .where((row) => row('uses', '<', row.ref('max_uses')))
    .where('expires_at', '>', at)
    .where('ended_at', '=', '')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
};

/** @param at stored time */
export const endEnrolmentToken = async (trx: Trx, id: string, at: string): Promise<void> => {
  await trx.updateTable('enrolment_token').set({ ended_at: at }).where('id', '=', id).execute();
};
