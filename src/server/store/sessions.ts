import type { Reader, Trx } from './database.ts';
import type { SessionRow } from './schema.ts';

export const insertSession = async (trx: Trx, session: SessionRow): Promise<void> => {
  await trx.insertInto('session').values(session).execute();
};

export const sessionById = (db: Reader | Trx, jti: string): Promise<SessionRow | undefined> =>
  db.selectFrom('session').selectAll().where('jti', '=', jti).executeTakeFirst();

export const deleteSession = async (trx: Trx, jti: string): Promise<void> => {
  await trx.deleteFrom('session').where('jti', '=', jti).execute();
};

/** Ends all sessions of a user. */
export const deleteSessionsOf = async (trx: Trx, userId: number): Promise<void> => {
  await trx.deleteFrom('session').where('user_id', '=', userId).execute();
};

/** @param before stored time; sessions that ended earlier go */
export const deleteExpiredSessions = async (trx: Trx, before: string): Promise<void> => {
  await trx.deleteFrom('session').where('expires_at', '<', before).execute();
};
