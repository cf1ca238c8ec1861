import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Reader, Trx } from './database.ts';
import type { ObjectionRow, Schema } from './schema.ts';

/** Adds what org admins have against requests to join their organization. */
export const addObjections = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table objection (
    user_id INTEGER NOT NULL,
    objector_id INTEGER NOT NULL,
    objector VARCHAR(254) NOT NULL,
    organization VARCHAR(512) NOT NULL,
    reason VARCHAR(512) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    primary key (user_id, objector_id)
  )`.execute(db);
};

/** Returns the objections to requests of these people, oldest first. */
export const objectionsTo = async (
  db: Reader | Trx,
  userIds: readonly number[],
): Promise<readonly ObjectionRow[]> =>
  userIds.length === 0
    ? []
    : db
        .selectFrom('objection')
        .selectAll()
        .where('user_id', 'in', userIds)
        .orderBy('created_at')
        .orderBy('objector_id')
        .execute();

/** Adds an objection, or replaces the one of the same objector. */
export const putObjection = async (trx: Trx, row: ObjectionRow): Promise<void> => {
  const { organization, reason, created_at } = row;
  await trx
    .insertInto('objection')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'objector_id']).doUpdateSet({ organization, reason, created_at }),
    )
    .execute();
};

/** @returns whether there was one */
export const deleteObjection = async (trx: Trx, userId: number, objectorId: number): Promise<boolean> => {
  const { numDeletedRows } = await trx
    .deleteFrom('objection')
    .where('user_id', '=', userId)
    .where('objector_id', '=', objectorId)
    .executeTakeFirst();
  return numDeletedRows > 0;
};

export const deleteObjectionsTo = async (trx: Trx, userId: number): Promise<void> => {
  await trx.deleteFrom('objection').where('user_id', '=', userId).execute();
};
