import type { Reader, Trx } from './database.ts';

/** Returns the number of the user's sites that have at least that approval state. */
export const countSitesOf = async (trx: Trx, userId: number, approvalFrom: number): Promise<number> => {
  const { total } = await trx
    .selectFrom('client')
    .where('creator_id', '=', userId)
    .where('approval_state', '>=', approvalFrom)
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};

/** Lists the sites that the user registered. */
export const sitesOf = (db: Reader | Trx, userId: number) =>
  db
    .selectFrom('client')
    .select(['name', 'description', 'approval_state', 'created_at'])
    .where('creator_id', '=', userId)
    .orderBy('name')
    .execute();

/** Deletes the user's sites with their capacities; call it only when none of them is approved. */
export const deletePendingSitesOf = async (trx: Trx, userId: number): Promise<void> => {
  const sites = await trx
    .selectFrom('client')
    .select(['id', 'capacity_id'])
    .where('creator_id', '=', userId)
    .execute();
  if (sites.length === 0) {
    return;
  }
  await trx.deleteFrom('client').where('creator_id', '=', userId).execute();
  const capacities = sites.flatMap(({ capacity_id }) => (capacity_id === null ? [] : [capacity_id]));
  if (capacities.length === 0) {
    return;
  }
  await trx.deleteFrom('capacity').where('id', 'in', capacities).execute();
};
